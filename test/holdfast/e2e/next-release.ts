import assert from 'node:assert/strict';
import { freshKey } from '../support/client.ts';
import { type Copy, SET_ASIDE } from '../support/copy.ts';
import { signIn } from '../support/service.ts';
import { copyWithApp } from './copy-with-app.ts';

/** A copy of the repository one release on: submitting asks for a longer note than before, and a payout can be held. */
export async function nextRelease(): Promise<Copy> {
  const copy = await copyWithApp();
  await copy.edit('functions/actions/payouts/submit.ts', 'note.optional()', 'note.min(50)');
  await copy.write('functions/actions/payouts/set-aside.ts', SET_ASIDE);
  return copy;
}

/**
 * What the first release has done stands after the second: payouts, and the answers to requests that come once more.
 * @param deploy deploys the second release
 * @throws AssertionError that shows what came instead
 */
export async function upgrade(url: string, deploy: () => Promise<unknown>): Promise<void> {
  const alice = await signIn(url);
  const [create, submit] = [freshKey(), freshKey()];
  const created = await alice.create(create);
  const short = { key: submit, body: { note: 'short' } };
  const submitted = await alice.act('submit', created, short);
  assert.equal(submitted.status, 200, submitted.text);

  await deploy();
  const createdAgain = await alice.create(create);
  const submittedAgain = await alice.act('submit', created, short);
  const tooShort = await alice.act('submit', await alice.create(), { body: { note: 'short' } });
  const held = await alice.act('set-aside', submitted, { body: { note: 'to look at it again' } });

  for (const [first, again] of [
    [created, createdAgain],
    [submitted, submittedAgain],
  ] as const) {
    assert.ok(again.replayed, again.text);
    assert.equal(again.text, first.text);
  }
  assert.equal(tooShort.json.code, 'invalid-input', tooShort.text);
  assert.equal(held.json.state, 'draft', held.text);
}
