import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import disbursePayout from '../../../../functions/operations/disburse-payout.ts';
import type { Entry } from '../../../../lib/holdfast/cli/operation/case.ts';
import { explain } from '../../../../lib/holdfast/cli/operation/explain.ts';
import type { Operation } from '../../../../lib/holdfast/core/definitions/define-operation.ts';
import { advance, type OperationEvent } from '../../../../lib/holdfast/core/operations/operation-machine.ts';
import {
  accepted,
  cancelled,
  isCancelable,
  isFinal,
  type Progress,
  resolvedAs,
  settledOf,
} from '../../../../lib/holdfast/core/operations/operation-progress.ts';
import { type Outcome, toldBy } from '../../../../lib/holdfast/core/partners/outcome.ts';
import { caseOf, ID, NOW } from './cases.ts';

const outcomes = fc.constantFrom<Outcome>(
  { kind: 'succeeded' },
  { kind: 'unknown' },
  { kind: 'unknown', undeclared: true },
  { kind: 'not-found' },
  { kind: 'rejected', reason: 'no' },
  { kind: 'pending' },
  { kind: 'unavailable', retryAfterSeconds: 5 },
);

const moves = fc.array(
  fc.record({
    what: fc.constantFrom(
      'proceed',
      'claim',
      'claim',
      'report',
      'report',
      'timeout',
      'cancel',
      'lost',
      'resolve',
    ),
    outcome: outcomes,
    resolution: fc.constantFrom('succeeded', 'failed', 'retry'),
    seconds: fc.constantFrom(1, 20, 7_200),
  }),
  { maxLength: 40 },
);

type Move = typeof moves extends fc.Arbitrary<(infer M)[]> ? M : never;

function moved(operation: Operation, before: Progress, move: Move, now: number): Progress {
  const { step, undo, attempt } = before.command;
  const ref = { step, undo, attempt };
  if (move.what === 'cancel') return isCancelable(before) ? cancelled(before) : before;
  if (move.what === 'resolve')
    return before.state === 'needs-attention' ? resolvedAs(before, move.resolution) : before;
  const events: Readonly<Record<string, OperationEvent>> = {
    proceed: { type: 'proceed' },
    claim: { type: 'claim', ...ref },
    report: { type: 'report', ...ref, outcome: move.outcome },
    timeout: { type: 'timeout', ...ref },
    lost: { type: 'lost' },
  };
  const event = events[move.what];
  return event === undefined ? before : advance(operation, before, event, now, 0.5);
}

/** What a move leaves in the history, as the store writes it. */
function entryOf(operation: Operation, before: Progress, after: Progress, move: Move): Entry {
  const about = move.what === 'report' ? before.command : after.command;
  const step = operation.steps.find(({ name }) => name === about.step);
  const isByHand = move.what === 'cancel' || move.what === 'resolve';
  return {
    at: NOW.toISOString(),
    action: move.what,
    actor: isByHand ? 'carol' : 'system:operation',
    from: before.state,
    to: after.state,
    version: 1,
    operation: ID,
    ...(!isByHand && {
      step: (about.undo ? step?.compensation : undefined) ?? about.step,
      attempt: about.attempt,
    }),
    ...(move.what === 'report' && { told: toldBy(move.outcome) }),
    ...(move.what === 'resolve' && { outcome: move.resolution, evidence: 'Ms Bell said so' }),
  };
}

type Known = 'done' | 'may' | 'not';

/** What the stored progress knows of a step. */
function stored(progress: Progress, name: string): Known {
  const { command, done, state } = progress;
  if (done.includes(name)) return 'done';
  if (isFinal(state) || command.step !== name || command.undo) return 'not';
  // A person's last word is stored, and taken in a moment later.
  if (progress.resolution === 'succeeded') return 'done';
  if (progress.resolution === 'failed') return 'not';
  const { outcome } = settledOf(progress, command) ?? {};
  if (outcome === 'rejected') return 'not';
  // Who has it tried again takes back that it was done.
  if (outcome === 'succeeded' && progress.resolution !== 'retry') return 'done';
  return command.status === 'sent' || command.inDoubt ? 'may' : 'not';
}

/** Doubt about any of them counts for more than that another was done. */
const storedOf = (progress: Progress, names: readonly string[]): Known => {
  const all = names.map((name) => stored(progress, name));
  return (['may', 'done'] as const).find((each) => all.includes(each)) ?? 'not';
};

/** What is said first to support of an operation that has come so far. */
function said(definition: Operation, { command, state }: Progress, entries: readonly Entry[]): Known {
  const undo = definition.steps.find(({ name }) => name === command.step)?.compensation;
  const step = (command.undo ? undo : undefined) ?? command.step;
  const [first] = explain(caseOf({ state, step }, entries, { definition }), NOW).sections['In short'] ?? [];
  if (/^Nothing that cannot be taken back/.test(String(first))) return 'not';
  return /cannot be taken back, and may have been done\.$/.test(String(first)) ? 'may' : 'done';
}

/** Steps in every order that matters: after the point of no return, and one that nothing takes back without being it. */
const [screen, transfer] = disbursePayout.steps;
if (screen === undefined || transfer === undefined) throw new Error('the reference operation has two steps');
const { compensation: _, ...kept } = screen;
const OPERATIONS: readonly (readonly [string, Operation, readonly string[]])[] = [
  ['the last step', disbursePayout, ['transfer']],
  [
    'the first step',
    { ...disbursePayout, steps: [transfer, { ...screen, name: 'notify' }] },
    ['transfer', 'notify'],
  ],
  ['no point of no return', { ...disbursePayout, steps: [kept] }, ['screen']],
];

test.each(OPERATIONS)(
  'what is said of what cannot be taken back agrees with the stored progress: %s',
  (_name, operation, irrevocable) => {
    fc.assert(
      fc.property(moves, (all) => {
        let now = NOW.getTime();
        let progress = accepted(operation, now);
        const entries: Entry[] = [];
        for (const move of all) {
          now += move.seconds * 1_000;
          const after = moved(operation, progress, move, now);
          if (after === progress) continue;
          entries.push(entryOf(operation, progress, after, move));
          progress = after;
          const wasSent = entries.some(
            ({ action, step }) => action === 'claim' && irrevocable.includes(step ?? ''),
          );
          const [known, told] = [storedOf(progress, irrevocable), said(operation, progress, entries)];
          // The history knows less than what is stored: doubt may be said where there is none, and nothing else.
          expect([told, known]).toEqual([told === 'may' && wasSent ? 'may' : known, known]);
        }
      }),
      { numRuns: 200 },
    );
  },
);
