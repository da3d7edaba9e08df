import * as z from 'zod';
import type { Action } from '../definitions/define-action.ts';
import { text } from '../values/text.ts';
import {
  cancelled,
  contradictsConclusion,
  isCancelable,
  isFinal,
  type Progress,
  type Resolution,
  resolvedAs,
} from './operation-progress.ts';
import { operations } from './operations.ts';

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

/** `POST /operations/{operationId}/resolve` */
export const resolve: Action = {
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
    const machine = machineOf(current);
    const { outcome, evidence, resource } = input as {
      outcome: Resolution;
      evidence: string;
      resource?: 'leave';
    };
    const contradiction = contradictsConclusion(machine, outcome);
    if (contradiction !== undefined) return reject('operation-outcome-known', contradiction);
    return {
      problem: null,
      resolution: { outcome, evidence, ...(resource && { resource }) },
      machine: resolvedAs(machine, outcome, resource === 'leave'),
    };
  },
};
