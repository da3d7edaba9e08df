import { randomUUID } from 'node:crypto';
import { IdempotencyConfig, makeIdempotent } from '@aws-lambda-powertools/idempotency';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Context } from 'aws-lambda';
import { eventually } from '../support/eventually.ts';
import { type Plane, startPlane } from '../support/plane.ts';

let plane: Plane;
beforeAll(async () => {
  plane = await startPlane();
});
afterAll(() => plane?.close());

/** One delivery of a command, with so much time left, as Powertools runs it. */
async function delivery(key: string, leftMs: number, run: () => Promise<string>): Promise<string> {
  const { CommandPersistence } = await import(
    '../../../lib/holdfast/runtime/partners/command-persistence.ts'
  );
  const config = new IdempotencyConfig({
    lambdaContext: { getRemainingTimeInMillis: () => leftMs } as Context,
  });
  return makeIdempotent((_key: string) => run(), { persistenceStore: new CommandPersistence(), config })(key);
}

const nameOf = ({ name }: Error) => name;

/** Delivers again until the one before may be taken over, whose time was a millisecond. */
const takeOver = (key: string, run: () => Promise<string>): Promise<string> =>
  eventually(
    'the record to be taken over',
    () => delivery(key, 60_000, run).catch(nameOf),
    (told) => told !== 'IdempotencyAlreadyInProgressError',
  );

describe('the record of a command', () => {
  // powertools-python#4759: with no time left the record had no end, and blocked every retry until it expired.
  test.each([0, 1])('is taken over when the time of its owner is up, which had %d ms', async (leftMs) => {
    const key = randomUUID();
    const { promise: never } = Promise.withResolvers<string>();
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
    void delivery(key, leftMs, () => {
      begin();
      return never;
    });
    await begun;

    const second = await takeOver(key, async () => 'second');

    expect(second).toBe('second');
  });

  test('is completed by its owner alone: one whose time was up changes nothing of what its successor has found', async () => {
    const key = randomUUID();
    const { promise: answer, resolve: answerLate } = Promise.withResolvers<string>();
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
    const late = delivery(key, 1, () => {
      begin();
      return answer;
    }).catch(nameOf);
    await begun;

    await takeOver(key, async () => 'successor');
    answerLate('late');
    const told = await late;
    const third = await delivery(key, 60_000, async () => 'third');

    expect(told).toBe('IdempotencyPersistenceLayerError');
    expect(third).toBe('successor');
  });

  test('is deleted by its owner alone: one that fails when its time was up frees nothing that its successor is at', async () => {
    const key = randomUUID();
    const { promise: failure, reject: fail } = Promise.withResolvers<string>();
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
    const late = delivery(key, 1, () => {
      begin();
      return failure;
    }).catch((error: Error) => error.message);
    await begun;
    const { promise: work, resolve: finish } = Promise.withResolvers<string>();
    const { promise: taken, resolve: take } = Promise.withResolvers<void>();
    const successor = takeOver(key, () => {
      take();
      return work;
    });
    await taken;

    fail(new Error('it failed'));
    const told = await late;
    const third = await delivery(key, 60_000, async () => 'third').catch(nameOf);
    finish('successor');

    expect(told).toBe('it failed');
    expect(third).toBe('IdempotencyAlreadyInProgressError');
    expect(await successor).toBe('successor');
  });
});
