import { ConditionalCheckFailedException, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { dynamodb, storageProblem } from './dynamodb.ts';
import { environment } from './environment.ts';
import { waitsKey, write } from './item.ts';

const TableName = environment('RECORDS_TABLE');

/** Longest that a request waits, in seconds; one of API Gateway's ends after 29. */
export const MAX_WAIT_SECONDS = 20;

/**
 * So many waits begin in a window as long as the longest, so that twice as many are under way at most. Each holds an
 * execution environment: a tenth of the thousand that an account has. Reserved concurrency would bound them as well, and
 * would refuse those who only look.
 */
const SEATS = 50;

/** A window's count is of no use after the next one. */
const KEPT_SECONDS = 3_600;

/**
 * Waits, if there is a seat; a seat is given back when the wait is over, and with the window at the latest, so that a
 * crash takes none away for good.
 */
export async function seated(wait: () => Promise<void>): Promise<void> {
  const window = Math.floor(Date.now() / (MAX_WAIT_SECONDS * 1000));
  if (!(await take(window))) return;
  try {
    await wait();
  } finally {
    // One that cannot be given back is free again with the next window.
    await count(window, -1).catch(() => undefined);
  }
}

async function take(window: number): Promise<boolean> {
  try {
    await count(window, 1);
    return true;
  } catch (error) {
    // To wait is a preference: whoever finds no seat, or too many at the door, is answered at once.
    const full = error instanceof ConditionalCheckFailedException;
    if (full || storageProblem(error).code === 'temporarily-unavailable') return false;
    throw error;
  }
}

const count = (window: number, change: 1 | -1) =>
  dynamodb.send(
    new UpdateItemCommand({
      TableName,
      Key: write({ pk: waitsKey(window) }),
      UpdateExpression: 'ADD taken :change SET expiration = :until',
      ConditionExpression: 'attribute_not_exists(taken) OR taken < :most',
      ExpressionAttributeValues: write({
        ':change': change,
        ':most': change > 0 ? SEATS : SEATS + 1,
        ':until': (window + 1) * MAX_WAIT_SECONDS + KEPT_SECONDS,
      }),
    }),
  );
