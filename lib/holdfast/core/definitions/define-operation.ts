import { isKebab } from '../kebab-case.ts';
import { answersFor } from '../partners/answers.ts';
import type { Partner } from '../partners/define-partner.ts';
import type { Resource, Snapshot } from './define-resource.ts';
import type { OperationExtension } from './operation-extension.ts';

/** One step of an operation: a command for a partner, and what takes it back. */
export interface Step<R extends Resource = Resource> {
  /** In kebab case. */
  readonly name: string;
  /** Who does it: the default export of a file in `functions/partners`. */
  readonly partner: Partner;
  /** Name of the command that is sent; the adapter reads it as `command.name`. */
  readonly command: string;
  /** What the partner is told, from the resource, which an operation holds still; called again for each attempt. */
  input(resource: Snapshot<R>): Readonly<Record<string, unknown>>;
  /** Name of the command that takes it back. @default nothing has to be taken back */
  readonly compensation?: string;
  /** Once it is sent, the operation cannot be cancelled. @default false */
  readonly pointOfNoReturn?: boolean;
}

/** What a capability adds to an operation. */
interface Extended {
  /** @default it is carried out as its steps say, and nothing else */
  readonly with?: OperationExtension;
}

/** A long-running operation on a resource: declared steps, from which its state machine is generated. */
export interface Operation<R extends Resource = Resource> extends Extended {
  /** In kebab case; the file is named like it. */
  readonly name: string;
  /** What it works on; the action that starts it says by `to` in which state the resource is held meanwhile. */
  readonly resource: R;
  /** The state that the resource is led to when every step has succeeded. Its members stay as they are. */
  readonly onSucceeded: R['states'][number];
  /** The state after a partner refused, once what was done before is taken back. Its members stay as they are. */
  readonly onFailed: R['states'][number];
  /** The state after somebody cancelled it, once what was done is taken back. Its members stay as they are. */
  readonly onCancelled: R['states'][number];
  /** Seconds after its start, a year at most. Then nothing is tried any more; what is not known then needs attention. */
  readonly deadlineSeconds: number;
  /** In their order, 1 to 26. */
  readonly steps: readonly Step<R>[];
}

/** References name a step by one letter. */
const MAX_STEPS = 26;

/** A state of Step Functions has 80 characters at most, of which `step: ` and a colon with its space take eight. */
const MAX_STATE_NAME = 72;

/**
 * Checks and returns the definition.
 * @throws Error that names the fault and the remedy
 */
export function defineOperation<R extends Resource>(operation: Operation<R>): Operation<R> {
  if (typeof HOLDFAST_CHECKED === 'undefined') checkOperation(operation);
  return operation;
}

function checkOperation<R extends Resource>(operation: Operation<R>): void {
  const { name, resource, steps } = operation;
  const fail = (fault: string) => {
    throw new Error(`operation '${name}': ${fault}`);
  };
  if (!isKebab(name)) fail('its name is not kebab case; rename it and its file');
  if (steps.length === 0) fail('it has no step; add one');
  if (new Set(steps.map((step) => step.name)).size !== steps.length)
    fail('two steps have one name; rename one');
  if (steps.length > MAX_STEPS)
    fail(`it has ${steps.length} steps, and references have a letter for ${MAX_STEPS}; split it in two`);
  for (const { name: step, compensation = '' } of steps) {
    if (!isKebab(step)) fail(`step '${step}' is not kebab case; rename it`);
    if (step.length + compensation.length > MAX_STATE_NAME)
      fail(
        `step '${step}' and its compensation have over ${MAX_STATE_NAME} characters together; shorten one`,
      );
  }
  const [unread] = steps.flatMap(unreadCommands);
  if (unread !== undefined) fail(unread);
  for (const state of [operation.onSucceeded, operation.onFailed, operation.onCancelled]) {
    if (!resource.states.includes(state)) {
      fail(`it leads to the unknown state '${state}'; choose from ${resource.states.join(', ')}`);
    }
  }
  // A year is the longest that a Step Functions execution can take.
  if (operation.deadlineSeconds > 31_536_000) fail('deadlineSeconds is over a year; give less');
}

/** Commands whose answers nobody could read: what became of them would never be known. */
const unreadCommands = ({ partner, command, compensation = command }: Step): readonly string[] =>
  [command, compensation]
    .filter((each) => answersFor(partner.answers, each) === undefined)
    .map(
      (each) => `partner '${partner.name}' has no answers for command '${each}'; add a table to its answers`,
    );
