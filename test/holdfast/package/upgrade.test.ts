import { execFile } from 'node:child_process';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { nodeFault } from '../../../lib/holdfast/cli/command/node-version.ts';
import { type Exchanges, oneOfEach, type People, sendAgain, workOn } from '../support/exchanges.ts';
import { type Running, run } from '../support/process.ts';
import { signIn } from '../support/service.ts';
import { createLinkedProject, installKit } from './linked-project.ts';
import { findOldNode } from './old-node.ts';
import { emptyFolder, inFolder, TERMINAL } from './project.ts';
import { releaseBefore } from './release-before.ts';
import { type Packages, packCommitInto, packInto } from './tarballs.ts';

const execute = promisify(execFile);

const release = await releaseBefore();
const old = await findOldNode();

// A shallow clone has no commit to build the release before from.
const withRelease = release === undefined ? test.skip : test;
// A machine whose own Node is new has nothing to try it on; `test/holdfast/lib/node-version.test.ts` tries the sentence there.
const onOldNode = old === undefined ? test.skip : test;

let folder: Awaited<ReturnType<typeof emptyFolder>>;
let now: Packages;
/** Made with the release before, on the old Node where there is one. */
let project: string;
beforeAll(async () => {
  folder = await emptyFolder();
  const into = async (name: string) => {
    const path = join(folder.path, name);
    await mkdir(path);
    return path;
  };
  now = await packInto(await into('now'));
  const before = release === undefined ? now : await packCommitInto(await into('before'), release.commit);
  project = await createLinkedProject(folder.path, before, 'orders', old?.terminal);
});
afterAll(() => folder?.remove());

/** `npm start` in the project, on data that stays, and two people who may do everything there. */
async function serve(): Promise<AsyncDisposable & { readonly people: People }> {
  const child: Running = run('npm', ['start', '--', '--data', join(folder.path, 'data')], {
    cwd: project,
    env: { ...TERMINAL, PORT: '0' },
    detached: true,
  });
  const [, url = ''] = await child.line(/^ready (\S+)$/);
  const [, partners = ''] = await child.line(/^simulated partners: (\S+)\/ledger/);
  await fetch(`${partners}/faults/screening`, { method: 'PUT', body: JSON.stringify({ neverCallback: 1 }) });
  const scopes = 'payouts:* operations:*';
  return {
    people: { alice: await signIn(url, { scopes }), bob: await signIn(url, { subject: 'bob', scopes }) },
    async [Symbol.asyncDispose]() {
      await child.end('SIGINT');
    },
  };
}

withRelease(
  `what a project has stored with release ${release?.version} is replayed to the byte, read and worked on with this kit, which records its contract as no break`,
  async () => {
    let stored: Exchanges;
    {
      await using service = await serve();
      stored = await oneOfEach(service.people);
    }

    await installKit(project, now.kit);
    // Fails where something would be lost that is promised: nothing is accepted as breaking.
    await inFolder(project, 'npm', 'run', '--silent', 'record');
    const faults = await inFolder(project, 'npm', 'run', '--silent', 'check:record');
    await using service = await serve();
    const { first, replays } = await sendAgain(service.people, stored);
    const { underWay, cancelled, read, submitted } = await workOn(service.people, stored);

    expect(faults).toBe('');
    expect(replays).toEqual(first);
    expect(underWay.json).toMatchObject({ id: stored.operation.split('/').at(-1) });
    expect(cancelled.status).toBe(202);
    expect(submitted.json).toMatchObject({ state: 'submitted', version: Number(read.json.version) + 1 });
  },
);

onOldNode(
  `a project made on Node ${old?.version} has a Node of its own, on which its commands run`,
  async () => {
    const { devDependencies } = JSON.parse(await readFile(join(project, 'package.json'), 'utf8'));

    const list = await execute('npm', ['run', '--silent', 'list'], { cwd: project, env: old?.terminal });

    expect(devDependencies.node).toMatch(/^24\./);
    expect(list.stdout).toMatch(/^ *approve\b/m);
  },
);

onOldNode(
  `the kit on Node ${old?.version} alone says in one sentence what to do, and ends with 1`,
  async () => {
    const command = join(project, 'node_modules/holdfast/cli/main.js');

    const ended = execute('node', [command, 'list'], { cwd: project, env: old?.terminal });

    const stderr = `${nodeFault(old?.version ?? '')}\n`;
    await expect(ended).rejects.toMatchObject({ code: 1, stdout: '', stderr });
  },
);
