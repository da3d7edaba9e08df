import type { Decided } from '../../../lib/holdfast/core/decisions/apply-decision.ts';
import type { Receipt } from '../../../lib/holdfast/core/decisions/receipts.ts';
import { keyHash } from '../../../lib/holdfast/core/requests/idempotency-key.ts';
import type { Item, Plan, PlannedWrite, Values } from '../../../lib/holdfast/core/store/store.ts';
import { tasks } from './tasks.ts';

export const DAY = Date.UTC(2026, 10, 30);
let written = 0;

/** A decision about an item. @param members to set, or to remove where `null` */
export function decided(pk: string, read: Item | undefined, members: Values, hidden: Values = {}): Decided {
  const data = { ...read?.stored.data, ...members };
  return {
    changes: members,
    hidden,
    next: {
      id: pk.split('#').at(-1) ?? '',
      state: 'open',
      version: (read?.stored.version ?? 0) + 1,
      commit: `c${written++}`,
      createdAt: '2026-11-30T00:00:00.000Z',
      updatedAt: '2026-11-30T00:00:00.000Z',
      data: Object.fromEntries(Object.entries(data).filter(([, value]) => value !== null)),
      ...(read === undefined && { hidden }),
    },
  };
}

export const receipt = (key: string, at: number): Receipt => ({
  key,
  sent: 's',
  apiVersion: '2026-11-01',
  at,
  status: 200,
  etag: '"1"',
  body: '{}',
});

/** What is to be written. */
export interface Planned {
  readonly read?: Item | undefined;
  readonly members?: Values;
  readonly hidden?: Values;
  readonly key?: string;
  readonly beside?: readonly PlannedWrite[];
}

/** A plan of one write of a task, as an action makes it. */
export function planOf(
  pk: string,
  { read, members = {}, hidden, key = keyHash('k'), beside = [] }: Planned,
): Plan {
  const made = decided(pk, read, members, hidden);
  return {
    resource: tasks,
    pk,
    list: 'tasks#acme',
    read,
    decided: made,
    receipt: receipt(key, DAY + written),
    event: { action: 'act', actor: 'alice', key, to: 'open', version: made.next.version },
    attributes: {},
    beside,
  };
}
