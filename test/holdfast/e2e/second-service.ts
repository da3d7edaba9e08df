import assert from 'node:assert/strict';
import { freshKey } from '../support/client.ts';
import type { Copy } from '../support/copy.ts';
import { signIn } from '../support/service.ts';
import { copyWithApp } from './copy-with-app.ts';
import type { Deployer } from './deployment.ts';

/** A copy of the repository that is another service: the same code under another name. */
export async function secondService(): Promise<Copy> {
  const copy = await copyWithApp();
  await copy.edit('lib/service.ts', "name: 'payouts'", "name: 'order-intake'");
  await copy.edit('lib/service.ts', "  prefix: 'holdfast',\n", '');
  await copy.edit('lib/service.ts', "title: 'Holdfast'", "title: 'Order intake'");
  return copy;
}

/**
 * Two services of one account know nothing of each other, and one goes without the other.
 * @param url of the first
 * @param root of the second
 * @throws AssertionError that shows what came instead
 */
export async function sideBySide(url: string, root: string, { deploy, destroy }: Deployer): Promise<void> {
  const ours = await signIn(url);
  // One key for both: a receipt that they shared would replay the answer of the other.
  const key = freshKey();
  const [created, onlyOurs] = [await ours.create(key), await ours.create()];

  const second = await deploy(root);
  const theirs = await signIn(second.url);
  const [other, onlyTheirs] = [await theirs.create(key), await theirs.create()];
  const [strange, unknown] = [
    await theirs.get(`/payouts/${onlyOurs.json.id}`),
    await ours.get(`/payouts/${onlyTheirs.json.id}`),
  ];
  await destroy(root);
  const gone = await theirs.get('/payouts').catch((error: unknown) => ({ status: String(error) }));
  const replayed = await ours.create(key);
  const submitted = await ours.act('submit', replayed);

  assert.equal(created.status, 201, created.text);
  assert.equal(other.status, 201, other.text);
  assert.ok(!other.replayed, other.text);
  for (const [answer, name] of [
    [strange, 'order-intake'],
    [unknown, 'holdfast'],
  ] as const) {
    assert.equal(answer.status, 404, answer.text);
    assert.equal(answer.json.type, `urn:${name}:problem:not-found`, answer.text);
  }
  assert.notEqual(gone.status, 200, 'the second service is taken away');
  assert.equal(replayed.text, created.text);
  assert.equal(submitted.status, 200, submitted.text);
}
