import * as z from 'zod';
import type { Action } from '../definitions/define-action.ts';
import type { Operation } from '../definitions/define-operation.ts';
import type { Result } from '../partners/outcome.ts';
import { Problem } from '../problems/problem.ts';
import { text } from '../values/text.ts';
import { capabilityOf } from './operation-capability.ts';
import {
  cancelled,
  contradictsConclusion,
  isCancelable,
  isFinal,
  type Progress,
  type Resolution,
  resolvedAs,
} from './operation-progress.ts';
import { type OperationSubject, operations } from './operations.ts';

/** Where its machine has led an operation. */
const leadsTo = (hidden: Readonly<Record<string, unknown>>) =>
  (hidden.machine as Progress | undefined)?.state;

const machineOf = (current: unknown): Progress => (current as { machine: Progress }).machine;

const base = {
  resource: operations,
  anyVersion: false,
  // Cancel and claim race on the operation itself: one conditional write decides, whatever was seen.
  versionless: true,
  leadsTo,
} as const;

/** `POST /operations/{operationId}/cancel` */
export const cancel: Action = {
  ...base,
  name: 'cancel',
  problems: ['operation-not-cancelable'],
  summary: 'Cancel an operation, until its point of no return has been sent.',
  scope: 'operations:cancel',
  from: operations.states,
  to: 'cancelling',
  input: z.strictObject({ note: text({ min: 0, max: 500, multiline: true }).optional() }),
  tells: ({ note }) => ({ note }),
  decide({ current, input, reject }) {
    const machine = machineOf(current);
    const { state, irrevocable } = machine;
    if (!isCancelable(machine)) {
      const why = isFinal(state)
        ? `it has ${state} already`
        : irrevocable
          ? 'its point of no return has been sent'
          : `it is ${state}`;
      return reject('operation-not-cancelable', why);
    }
    return {
      cancelable: false,
      nextAttemptAt: null,
      waiting: null,
      ...(input.note !== undefined && { note: input.note }),
      machine: cancelled(machine),
    };
  },
};

/** What a person has found out. */
interface Found {
  readonly outcome: Resolution;
  readonly evidence: string;
  readonly resource?: 'leave';
  readonly result?: Result;
}

/** What is found out besides the outcome is taken in before it. */
type Take = (current: unknown, found: Found) => Progress;

const resolveBy = (take: Take): Action => ({
  ...base,
  name: 'resolve',
  // The first has been promised from the beginning, and nothing refuses with it any more than then.
  problems: ['operation-not-cancelable', 'operation-outcome-known'],
  summary: 'Say what became of an operation that needs attention, with the evidence for it.',
  scope: 'operations:resolve',
  from: ['needs-attention'],
  to: 'running',
  input: z.strictObject({
    outcome: z.enum(['succeeded', 'failed', 'retry']),
    evidence: text({ max: 2_000, multiline: true }),
    resource: z
      .literal('leave')
      .optional()
      .meta({ description: 'A resource that the operation does not hold any more stays as it is.' }),
  }),
  tells: ({ outcome, evidence, resource }) => ({ outcome, evidence, resource }),
  decide({ current, input, reject }) {
    const found = input as unknown as Found;
    const { outcome, evidence, resource, result } = found;
    const contradiction = contradictsConclusion(machineOf(current), outcome);
    if (contradiction !== undefined) return reject('operation-outcome-known', contradiction);
    return {
      problem: null,
      resolution: { outcome, evidence, ...(resource && { resource }), ...(result && { result }) },
      machine: resolvedAs(take(current, found), outcome, resource === 'leave'),
    };
  },
});

/** `POST /operations/{operationId}/resolve` */
export const resolve: Action = resolveBy(machineOf);

/**
 * The same, of a service with these operations: where a capability extends one, a person tells what the partner would have.
 */
export function resolveOf(operations: readonly Operation[]): Action {
  if (!operations.some(capabilityOf)) return resolve;
  const extended = resolveBy((current, { outcome, result }) => {
    const { subject, machine } = current as { subject: OperationSubject; machine: Progress };
    const operation = operations.find(({ name }) => name === subject.definition);
    const capability = operation && capabilityOf(operation);
    if (capability !== undefined) return capability.resolved(machine, outcome, result);
    if (result === undefined) return machine;
    const detail = `no step of '${subject.definition}' has a result; leave it out`;
    throw new Problem('invalid-input', { errors: [{ pointer: '/result', detail }] });
  });
  const result = z.record(z.string(), z.string()).optional().meta({
    description: 'What the partner has told of a step that was done, where the step has a result.',
  });
  return { ...extended, input: extended.input.extend({ result }) };
}
