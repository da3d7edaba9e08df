import type * as z from 'zod';
import { changed } from '../../core/decisions/apply-decision.ts';
import { judged } from '../../core/decisions/judged.ts';
import type { Resource, Snapshot } from '../../core/definitions/define-resource.ts';
import { endFault } from '../../core/definitions/resource-extension.ts';
import type { Ending, OperationCapability } from '../../core/operations/operation-capability.ts';
import { blocked } from '../../core/operations/operation-course.ts';
import { isOpen, type Progress } from '../../core/operations/operation-progress.ts';
import type { Result } from '../../core/partners/outcome.ts';
import { DefinitionFault } from '../../core/problems/definition-fault.ts';
import { Problem } from '../../core/problems/problem.ts';
import { isPlain } from '../../core/values/storable.ts';
import {
  givenOf,
  isOptional,
  keptAs,
  knownOf,
  Lacking,
  objectOf,
  type Schemas,
  withResult,
} from './kept-results.ts';
import { isRecalling, recalled, recalling } from './recall.ts';

type Values = Readonly<Record<string, unknown>>;

/** What a partner is told of a step, from the resource and from results. */
export type Input = (resource: Snapshot<Resource>, results: Readonly<Record<string, Result>>) => Values;

/** What the capability knows of an operation. */
export interface Known {
  /** Schemas of results, by step. */
  readonly schemas: Schemas;
  /** Of every step. */
  readonly inputs: Readonly<Record<string, Input>>;
  /** Of steps whose compensation is told something else than the step. */
  readonly undoing: Readonly<Record<string, Input>>;
  /** Steps whose result is shown to clients. */
  readonly shown: readonly string[];
  /** What its success makes of the resource. @default nothing but its state */
  readonly set?: ((results: Readonly<Record<string, Result>>) => unknown) | undefined;
  /** Schema of what is shown. */
  readonly shows?: z.ZodObject;
}

/** How an operation with results is carried out. */
export function carrying({ schemas, inputs, undoing, shown, set, shows }: Known): OperationCapability {
  const input: OperationCapability['input'] = (progress, { step, undo }, resource) => {
    const instead = undo ? undoing[step] : undefined;
    return (
      instead?.(resource, knownOf(progress)) ?? inputs[step]?.(resource, givenOf(schemas, progress)) ?? {}
    );
  };
  return {
    ...(shows && { shows }),
    asks: Object.fromEntries(
      Object.entries(schemas).map(([step, schema]) => [step, Object.keys(objectOf(schema).shape)]),
    ),
    advance(happening, plain) {
      const { operation, progress, event, now } = happening;
      if (isRecalling(progress)) return kept(recalled(schemas, { ...happening, progress }, plain));
      if (event.type !== 'lacking') return kept(plain(progress));
      const { command } = progress;
      return isOpen(progress) ? recalling(operation, progress, event.of, { command }, now) : progress;

      /** The result of a step that has just been done is kept; the first one stands. */
      function kept(after: Progress): Progress {
        if (event.type !== 'report' || event.outcome.kind !== 'succeeded') return after;
        const { step, outcome } = event;
        const schema = schemas[step];
        const isNew = !progress.done.includes(step) && after.done.includes(step);
        if (schema === undefined || !isNew || after.results?.[step] !== undefined) return after;
        const result = keptAs(schema, outcome.result, after.results);
        return withResult(after, step, result);
      }
    },
    shown({ results = {} }) {
      const all = shown.flatMap((step) => (results[step] ? [[step, results[step]]] : []));
      return all.length === 0 ? null : Object.fromEntries(all);
    },
    input,
    lack(progress, which, resource) {
      try {
        input(progress, which, resource);
      } catch (error) {
        if (error instanceof Lacking) return error.step;
      }
      // Whatever else is wrong with it is told where it is used.
      return undefined;
    },
    end: (ending) => ended(schemas, set, ending),
    resolved: (progress, outcome, result) =>
      outcome === 'succeeded' ? succeeded(schemas, progress, result) : withoutResult(progress, result),
  };
}

/** A person says that the current command was done, and what its partner tells of it. */
function succeeded(schemas: Schemas, progress: Progress, result: Result | undefined): Progress {
  const { command, conclusion } = progress;
  const schema = command.undo || conclusion ? undefined : schemas[command.step];
  if (schema === undefined) return withoutResult(progress, result);
  if (result === undefined && isOptional(schema)) return progress;
  if (result === undefined)
    refuse('', `is required: '${command.step}' has a result, which later steps and the end may need`);
  const [issue] = judged(schema, result).result?.error?.issues ?? [];
  if (issue !== undefined) refuse(issue.path.map((part) => `/${String(part)}`).join(''), issue.message);
  const kept = keptAs(schema, result, progress.results);
  return kept === null
    ? refuse(
        '',
        'is too large; a step may keep 4 KB, an operation 16 KB, and a text 1,024 characters on one line',
      )
    : withResult(progress, command.step, kept);
}

const withoutResult = (progress: Progress, result: Result | undefined): Progress =>
  result === undefined
    ? progress
    : refuse('', "goes with outcome 'succeeded' of a step that has a result; leave it out");

function refuse(path: string, detail: string): never {
  throw new Problem('invalid-input', { errors: [{ pointer: `/result${path}`, detail }] });
}

function ended(
  schemas: Schemas,
  set: Known['set'],
  { operation, progress, resource, now, commit }: Ending,
): ReturnType<OperationCapability['end']> {
  if (set === undefined || progress.state !== 'succeeded') return {};
  const who = `set of '${operation.name}'`;
  try {
    const members: unknown = set(givenOf(schemas, progress));
    if (typeof members !== 'object' || members === null || !isPlain(members))
      throw new DefinitionFault(`${who} gave no object of members`);
    const ruled = endFault(operation.resource, members);
    if (ruled !== undefined) throw new DefinitionFault(`${who} ${ruled}`);
    const to = () => operation.onSucceeded;
    const made = { id: resource.id, now, commit, current: resource, to };
    return { decided: changed(who, operation.resource, { ...members }, made) };
  } catch (error) {
    // A person has seen it, and has the resource led on without what stands in the way.
    if (progress.leave) return {};
    if (error instanceof Lacking) {
      const recalls = { command: progress.command, end: true } as const;
      return { instead: recalling(operation, progress, error.step, recalls, Date.parse(now)) };
    }
    return { instead: blocked(progress, faultOf(who, error)) };
  }
}

/** What is wrong, in words that repeat no value. */
const faultOf = (who: string, error: unknown): string =>
  error instanceof DefinitionFault
    ? error.message.replace(/; [^;]*$/, '')
    : `${who} threw ${error instanceof Error ? error.constructor.name : typeof error}`;
