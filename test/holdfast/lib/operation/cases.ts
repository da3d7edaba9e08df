import disbursePayout from '../../../../functions/operations/disburse-payout.ts';
import type { Case, Entry, ShownOperation } from '../../../../lib/holdfast/cli/operation/case.ts';
import { explain } from '../../../../lib/holdfast/cli/operation/explain.ts';
import type { Explanation, Heading } from '../../../../lib/holdfast/cli/operation/explanation.ts';

export const NOW = new Date('2026-11-30T10:00:00.000Z');

const seconds = (before: number) => new Date(NOW.getTime() - before * 1000).toISOString();

export const ID = 'op_1';

/** What the operation's own machine has noted: the oldest first, each a second before the next. */
export const noted = (...entries: readonly Partial<Entry>[]): readonly Entry[] =>
  entries.map((entry, i) => ({
    at: seconds(entries.length - i),
    action: 'report',
    actor: 'system:operation',
    to: 'running',
    version: i + 2,
    operation: ID,
    ...entry,
  }));

const ACCEPTED: readonly Entry[] = [
  { at: seconds(90), action: 'create', actor: 'alice', to: 'draft', version: 1 },
  {
    at: seconds(80),
    action: 'disburse',
    actor: 'alice',
    from: 'approved',
    to: 'disbursing',
    version: 4,
    operation: ID,
  },
  { at: seconds(80), action: 'accept', actor: 'alice', to: 'accepted', version: 1, operation: ID },
];

export const CLAIMED = { action: 'claim', step: 'transfer', attempt: 1 } as const;

/** A disbursement that stands at the bank's transfer. */
export function caseOf(
  operation: Partial<ShownOperation>,
  entries: readonly Entry[] = [],
  more: Partial<Case> = {},
): Case {
  const shown: ShownOperation = {
    id: ID,
    action: 'disburse',
    state: 'running',
    step: 'transfer',
    attempt: 1,
    resource: { type: 'payouts', id: 'po_1', href: '/payouts/po_1' },
    cancelable: false,
    createdAt: seconds(80),
    ...operation,
  };
  return {
    about: {
      kind: 'operation',
      operation: shown,
      resource: {
        shown: { id: 'po_1', state: 'disbursing', version: 4, operation: ID },
        singular: 'payout',
        href: '/payouts/po_1',
        members: [['amount', '12.50 EUR']],
        history: { entries: [...ACCEPTED, ...entries], isComplete: true },
      },
    },
    definition: disbursePayout,
    refusal: undefined,
    versions: [{ version: '2026-11-01' }],
    url: 'https://api.example.com',
    stage: 'dev',
    ...more,
  };
}

export const waiting = (reason: NonNullable<ShownOperation['waiting']>['reason'], until = 60) => ({
  waiting: { reason, partner: 'bank', since: seconds(30), nextAttemptAt: seconds(-until) },
});

/** A case, and what is made of it. */
export interface Told {
  readonly given: Case;
  readonly explanation: Explanation;
  readonly section: (heading: Heading) => string;
}

export function toldOf(given: Case): Told {
  const explanation = explain(given, NOW);
  const section = (heading: Heading) =>
    (explanation.sections[heading] ?? [])
      .map((saying) => (typeof saying === 'string' ? saying : saying.run))
      .join('\n');
  return { given, explanation, section };
}

export const sectionOf = (given: Case, heading: Heading): string => toldOf(given).section(heading);
