import { waitsKey } from '../../core/store/keys.ts';
import { write } from '../aws/attributes.ts';
import { storageProblem } from '../aws/dynamodb.ts';
import { environmentJson } from '../aws/environment.ts';
import { changeItem } from '../records/records-table.ts';

/** Longest that a request waits, in seconds; one of API Gateway's ends after 29. */
export const MAX_WAIT_SECONDS = 20;

/**
 * So many waits begin in a window as long as the longest, so that twice as many are under way at most: over all tenants, and
 * of each. Each holds an execution environment; reserved concurrency would bound them as well, and would refuse those who
 * only look.
 */
const SEATS = environmentJson<{ readonly all: number; readonly tenant: number }>('WAITING_SEATS');

/** A window's count is of no use after the next one. */
const KEPT_SECONDS = 3_600;

/** A count of seats. */
interface Row {
  readonly pk: string;
  readonly seats: number;
  /** Epoch seconds. */
  readonly until: number;
}

/**
 * Waits, if there is a seat of the tenant's and one of all; both are given back when the wait is over, and with the window at
 * the latest, so that a crash takes none away for good.
 */
export async function seated(tenant: string, wait: () => Promise<void>): Promise<void> {
  const window = Math.floor(Date.now() / (MAX_WAIT_SECONDS * 1000));
  const until = (window + 1) * MAX_WAIT_SECONDS + KEPT_SECONDS;
  const rows: readonly Row[] = [
    { pk: waitsKey(window, tenant), seats: SEATS.tenant, until },
    { pk: waitsKey(window), seats: SEATS.all, until },
  ];
  const taken: Row[] = [];
  try {
    for (const row of rows) {
      if (!(await take(row))) return;
      taken.push(row);
    }
    await wait();
  } finally {
    // One that cannot be given back is free again with the next window.
    await Promise.all(taken.map((row) => count(row, -1).catch(() => undefined)));
  }
}

async function take(row: Row): Promise<boolean> {
  try {
    return (await count(row, 1)).done;
  } catch (error) {
    // To wait is a preference: whoever finds no seat, or too many at the door, is answered at once.
    if (storageProblem(error).code === 'temporarily-unavailable') return false;
    throw error;
  }
}

const count = ({ pk, seats, until }: Row, change: 1 | -1) =>
  changeItem(pk, {
    UpdateExpression: 'ADD taken :change SET expiration = :until',
    ConditionExpression: 'attribute_not_exists(taken) OR taken < :most',
    ExpressionAttributeValues: write({
      ':change': change,
      ':most': change > 0 ? seats : seats + 1,
      ':until': until,
    }),
  });
