import { BREAKER_OPENED } from '../../core/metric-names.ts';
import type { Partner } from '../../core/partners/define-partner.ts';
import { partnerKey } from '../../core/store/keys.ts';
import { write } from '../aws/attributes.ts';
import { count } from '../aws/metric.ts';
import { changeItem, getItem } from '../records/records-table.ts';

const OVER_RATE = { reason: 'rate', retryAfterSeconds: 1 } as const;

/** Why a call is not let through, and after how many seconds it may be. */
export interface Hold {
  readonly reason: 'rate' | 'breaker';
  readonly retryAfterSeconds: number;
}

/**
 * Takes one call out of the partner's rate, unless its breaker is open: both are shared by every consumer, on one item.
 * @returns undefined where the call is let through
 */
export async function admit(partner: Partner, now: number): Promise<Hold | undefined> {
  const second = Math.floor(now / 1000);
  const open = '(attribute_not_exists(openUntil) OR openUntil <= :now)';
  const sameSecond = {
    UpdateExpression: 'ADD calls :one',
    ConditionExpression: `#second = :second AND calls < :rate AND ${open}`,
  };
  const newSecond = {
    UpdateExpression: 'SET #second = :second, calls = :one',
    ConditionExpression: `(attribute_not_exists(#second) OR #second <> :second) AND ${open}`,
  };
  // The second begins by one of those that come at once; for the others it is the same second by then.
  for (const [expression, used] of [
    [sameSecond, { ':rate': partner.ratePerSecond }],
    [newSecond, {}],
    [sameSecond, { ':rate': partner.ratePerSecond }],
  ] as const) {
    const { done, item } = await changeItem(partnerKey(partner.name), {
      ...expression,
      ExpressionAttributeNames: { '#second': 'second' },
      ExpressionAttributeValues: write({ ':one': 1, ':second': second, ':now': now, ...used }),
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });
    if (done) return undefined;
    const { openUntil, second: current, calls } = item ?? {};
    if (Number(openUntil?.N ?? 0) > now)
      return { reason: 'breaker', retryAfterSeconds: Math.ceil((Number(openUntil?.N) - now) / 1000) };
    if (Number(current?.N) === second && Number(calls?.N) >= partner.ratePerSecond) return OVER_RATE;
  }
  return OVER_RATE;
}

/** Until when the breaker of a partner is open, in epoch milliseconds: not, where that is past or undefined. */
export async function openUntil({ name }: Partner): Promise<number | undefined> {
  const item = await getItem(partnerKey(name), { ConsistentRead: false });
  return item?.openUntil?.N === undefined ? undefined : Number(item.openUntil.N);
}

/** Counts failures in a row; as many as the partner allows open its breaker, and one success closes it. */
export async function record(partner: Partner, failed: boolean, now: number): Promise<void> {
  if (!failed) {
    await update(partner, 'SET failures = :zero REMOVE openUntil', { ':zero': 0 });
    return;
  }
  const failures = await update(partner, 'ADD failures :one', { ':one': 1 });
  if (failures < partner.breaker.failures) return;
  await update(partner, 'SET openUntil = :until', { ':until': now + partner.breaker.openSeconds * 1000 });
  count(BREAKER_OPENED, { by: { partner: partner.name } });
}

async function update(
  { name }: Partner,
  UpdateExpression: string,
  values: Record<string, number>,
): Promise<number> {
  const { item } = await changeItem(partnerKey(name), {
    UpdateExpression,
    ExpressionAttributeValues: write(values),
    ReturnValues: 'ALL_NEW',
  });
  return Number(item?.failures?.N ?? 0);
}
