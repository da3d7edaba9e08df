import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../../../lib/holdfast/service/project.ts';
import { createLinkedProject, installKit } from '../package/linked-project.ts';
import { type Release, releaseBefore } from '../package/release-before.ts';
import { packCommitInto, packInto } from '../package/tarballs.ts';
import { freshKey } from '../support/client.ts';
import { oneOfEach, sendAgain, workOn } from '../support/exchanges.ts';
import { signIn } from '../support/service.ts';
import type { Deployed, Deployer } from './deployment.ts';

/** A service of another name: a project as a team makes it, from tarballs. */
export interface SecondService {
  readonly root: string;
  /** Whose packages it was made with; none where its commit is not here, and it was made with those of now. */
  readonly before: Release | undefined;
  /** Installs the kit of now. */
  update(): Promise<void>;
  remove(): Promise<void>;
}

/** What a project of the sample is tried by, besides its examples. */
const SUITE = `import { contractSuite } from 'holdfast/testing';
import service from '../lib/service.ts';
import examples from './examples.ts';

await contractSuite(service, examples);
`;

/** Makes it with the packages of the release before, as a team did that is about to bring it to those of now. */
export async function secondService(): Promise<SecondService> {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-second-'));
  const [then, now] = [join(folder, 'then'), join(folder, 'now')];
  await Promise.all([mkdir(then), mkdir(now)]);
  const before = await releaseBefore();
  const packages = await packInto(now);
  const first = before === undefined ? packages : await packCommitInto(then, before.commit);
  const root = await createLinkedProject(folder, first, 'order-intake');
  await mkdir(join(root, 'test/holdfast/e2e'), { recursive: true });
  // The stage for emulators is the kit's own, and `buildApp` of the package has no such stage.
  const app = await readFile(join(ROOT, 'test/holdfast/e2e/app.ts'), 'utf8');
  const inPackage = app.replace(
    '../../../lib/holdfast/cdk/app.ts',
    '../../../node_modules/holdfast/cdk/app.js',
  );
  await writeFile(join(root, 'test/holdfast/e2e/app.ts'), inPackage);
  await writeFile(join(root, 'test/contract.test.ts'), SUITE);
  return {
    root,
    before,
    update: () => installKit(root, packages.kit),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/**
 * Two services of one account know nothing of each other, and one goes without the other.
 * @param url of the first
 * @param root of the second
 * @param meanwhile is done with the second, as long as it is there
 * @throws AssertionError that shows what came instead
 */
export async function sideBySide(
  url: string,
  root: string,
  { deploy, names, destroy }: Deployer,
  meanwhile: (second: Deployed) => Promise<void>,
): Promise<void> {
  const ours = await signIn(url);
  // One key for both: a receipt that they shared would replay the answer of the other.
  const key = freshKey();
  const [created, onlyOurs] = [await ours.create(key), await ours.create()];

  const second = await deploy(root);
  const [taken, own] = [await names(ROOT), await names(root)];
  const theirs = await signIn(second.url);
  const [other, onlyTheirs] = [await theirs.create(key), await theirs.create()];
  const [strange, unknown] = [
    await theirs.get(`/payouts/${onlyOurs.json.id}`),
    await ours.get(`/payouts/${onlyTheirs.json.id}`),
  ];
  await meanwhile(second);
  await destroy(root);
  const gone = await theirs.get('/payouts').catch((error: unknown) => ({ status: String(error) }));
  const replayed = await ours.create(key);
  const submitted = await ours.act('submit', replayed);

  assert.ok(own.length > 30, `the second service takes ${own.length} names`);
  assert.deepEqual(
    own.filter((name) => taken.includes(name)),
    [],
  );
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

/**
 * What a project has stored with the release before is replayed to the byte, read and worked on once it is deployed with
 * the kit of now.
 * @param partners where its simulated partners are
 * @param update brings it to the kit of now, and deploys it
 * @throws AssertionError that shows what came instead
 */
export async function updated(url: string, partners: string, update: () => Promise<unknown>): Promise<void> {
  const scopes = 'payouts:* operations:*';
  const people = { alice: await signIn(url, { scopes }), bob: await signIn(url, { subject: 'bob', scopes }) };
  const screening = `${partners}/faults/screening`;
  await fetch(screening, { method: 'PUT', body: JSON.stringify({ neverCallback: 1 }) });
  const stored = await oneOfEach(people);
  await fetch(screening, { method: 'DELETE' });

  await update();
  const { first, replays } = await sendAgain(people, stored);
  const { underWay, cancelled, read, submitted } = await workOn(people, stored);

  assert.deepEqual(replays, first);
  assert.equal(underWay.json.state, 'running', underWay.text);
  assert.equal(cancelled.status, 202, cancelled.text);
  assert.equal(submitted.json.state, 'submitted', submitted.text);
  assert.equal(submitted.json.version, Number(read.json.version) + 1, submitted.text);
}
