import * as z from 'zod';
import type { Action } from './define-action.ts';
import {
  cancelled,
  isCancelable,
  isFinal,
  type Progress,
  type Resolution,
  resolvedAs,
} from './operation-progress.ts';
import { operations } from './operations.ts';
import { text } from './text.ts';

/** Where its machine has led an operation. */
const leadsTo = (hidden: Readonly<Record<string, unknown>>) =>
  (hidden.machine as Progress | undefined)?.state;

const machineOf = (current: unknown): Progress => (current as { machine: Progress }).machine;

const base = {
  resource: operations,
  anyVersion: false,
  // Cancel and claim race on the operation itself: one conditional write decides, whatever was seen.
  versionless: true,
  problems: ['operation-not-cancelable'],
  leadsTo,
} as const;

/** `POST /operations/{operationId}/cancel` */
export const cancel: Action = {
  ...base,
  name: 'cancel',
  summary: 'Cancel an operation, until its point of no return has been sent.',
  scope: 'operations:cancel',
  from: operations.states,
  to: 'cancelling',
  input: z.strictObject({ note: text({ min: 0, max: 500, multiline: true }).optional() }),
  decide({ current, reject }) {
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
    return { cancelable: false, nextAttemptAt: null, machine: cancelled(machine) };
  },
};

/** `POST /operations/{operationId}/resolve` */
export const resolve: Action = {
  ...base,
  name: 'resolve',
  summary: 'Say what became of an operation that needs attention, with the evidence for it.',
  scope: 'operations:resolve',
  from: ['needs-attention'],
  to: 'running',
  input: z.strictObject({
    outcome: z.enum(['succeeded', 'failed', 'retry']),
    evidence: text({ max: 2_000, multiline: true }),
  }),
  decide({ current, input }) {
    return { problem: null, machine: resolvedAs(machineOf(current), input.outcome as Resolution) };
  },
};
