import assert from 'node:assert/strict';
import type { Answer } from '../support/client.ts';
import { isOver, type LedgerEntry } from '../support/operations.ts';
import { signIn } from '../support/service.ts';

/** An operation of two partners takes a few seconds here; an emulator under load has all the time it needs. */
const PATIENCE_MS = 120_000;

/**
 * A payout is disbursed: screening calls back, the bank pays once, and the history tells so.
 * @param partners where the simulated partners are
 * @throws AssertionError that shows what came instead
 */
export async function disburse(url: string, partners: string): Promise<void> {
  const scopes = 'payouts:* operations:*';
  const alice = await signIn(url, { scopes });
  const bob = await signIn(url, { subject: 'bob', scopes });
  const approved = await bob.act('approve', await alice.act('submit', await alice.create()));

  const accepted = await alice.act('disburse', approved);
  assert.equal(accepted.status, 202, accepted.text);
  const operation = await until(
    () => alice.get(`/operations/${accepted.json.id}`, { Prefer: 'wait=5' }),
    isOver,
  );
  const payout = await alice.get(`/payouts/${approved.json.id}`);
  const history = await until(
    () => alice.get(`/payouts/${approved.json.id}/history`),
    ({ json }) => json.completeToVersion === payout.json.version,
  );
  const ledger = (await (await fetch(`${partners}/ledger`)).json()) as LedgerEntry[];

  assert.equal(operation.json.state, 'succeeded', operation.text);
  assert.equal(payout.json.state, 'paid', payout.text);
  assert.match(history.text, /"callback"/);
  const done = ledger
    .filter(({ reference }) => reference.startsWith(String(payout.json.id)))
    .map(({ partner, done: times }) => `${partner} ${times}`)
    .sort();
  assert.deepEqual(done, ['bank 1', 'screening 1']);
}

/** Reads until it is as asked for, or until nobody would wait longer. */
async function until(read: () => Promise<Answer>, done: (answer: Answer) => boolean): Promise<Answer> {
  for (const start = Date.now(); ; ) {
    const answer = await read();
    if (done(answer) || Date.now() - start > PATIENCE_MS) return answer;
  }
}
