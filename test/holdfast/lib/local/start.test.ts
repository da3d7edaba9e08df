import { mkdtemp, readdir, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { ROOT } from '../../../../lib/holdfast/service/project.ts';
import { isAlive } from '../../../../lib/holdfast/synthesis/is-alive.ts';
import { copyRepository } from '../../support/copy.ts';
import { eventually } from '../../support/eventually.ts';
import { type Running, run } from '../../support/process.ts';
import { runLocalCloud, signIn, startService } from '../../support/service.ts';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const start = (args: readonly string[] = [], env: Record<string, string> = {}): Running => {
  const running = runLocalCloud(args, { env: { PORT: '0', ...env } });
  closing.push(() => running.end('SIGKILL'));
  return running;
};

const folder = async () => {
  const made = await mkdtemp(join(tmpdir(), 'holdfast-start-'));
  closing.push(() => rm(made, { recursive: true, force: true }));
  return made;
};

/** Waits for a process to end by itself. */
const ended = (running: Running) => new Promise((resolve) => running.child.once('close', resolve));

test.each([/^starting at/, /^making tables/, /^ready/])(
  'a start that is interrupted after the line %p leaves nothing behind',
  async (line) => {
    const TMPDIR = await folder();
    const running = start([], { TMPDIR });
    const told = () => running.lines.some((each) => line.test(each));
    await eventually(`a line ${line}`, told, Boolean, { everyMs: 1 });

    running.child.kill('SIGINT');
    await ended(running);

    expect(running.child.exitCode).toBe(0);
    expect(await readdir(TMPDIR)).toEqual([]);
  },
);

describe('a start that cannot work says why and what to do, and ends', () => {
  test('E6: when the port is in use, before anything else is begun', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;

    const running = start([], { PORT: String(port) });
    await ended(running);
    server.close();

    expect(running.lines).toEqual([`port ${port} is in use; set another, as in PORT=${port + 1} npm start`]);
    expect(running.child.exitCode).toBe(1);
  });

  test.each([
    [['--colour'], {}, /unknown option '--colour'/],
    [['--env', 'x'], {}, /--env 'x' is not an assignment; write NAME=VALUE/],
    [['--concurrency', '0'], {}, /--concurrency is '0'; give a whole number from 1 to 1000/],
    [[], { PORT: 'http' }, /PORT is 'http'; give a whole number from 0 to 65535/],
    [[], { DYNAMODB_ENDPOINT: 'localhost' }, /DYNAMODB_ENDPOINT is 'localhost'; give a URL/],
  ])('with %j and %j', async (args, env, message) => {
    const running = start(args, env);
    await ended(running);

    expect(running.lines.join('\n')).toMatch(message);
    expect(running.child.exitCode).toBe(2);
  });

  test('when a definition is broken', async () => {
    const copy = await copyRepository();
    closing.push(copy.remove);
    await copy.edit('functions/actions/payouts/approve.ts', "from: ['submitted']", "from: ['submited']");

    const running = runLocalCloud([], { cwd: copy.root, env: { PORT: '0' } });
    await ended(running);

    expect(running.lines.slice(-1)).toEqual([
      expect.stringContaining(
        "functions/actions/payouts/approve.ts: action 'approve' of 'payouts': from names the unknown state 'submited'",
      ),
    ]);
  });

  test('E1: when the data folder cannot be written', async () => {
    const running = start(['--data', '/proc/self']);
    await ended(running);

    expect(running.lines).toEqual([
      expect.stringMatching(/^--data \/proc\/self is not writable: E.*; give a folder that you own$/),
    ]);
    expect(running.child.exitCode).toBe(1);
  });

  test('E6: when the data folder is in use by another, before anything else is begun', async () => {
    const data = await folder();
    const first = start(['--data', data]);
    await first.line(/^ready/);

    const second = start(['--data', data]);
    await ended(second);

    expect(second.lines).toEqual([
      `--data ${data} is in use by process ${first.child.pid}; stop that process, or give another folder`,
    ]);
  });
});

describe('a service that runs', () => {
  test('E6: has told each step that takes its time, and answers whoever asked meanwhile', async () => {
    const running = start();
    const [, url = ''] = await running.line(/^starting at (\S+): synthesizing the CDK app/);
    const asked = fetch(`${url}/health`, { headers: { Connection: 'close' } });
    await running.line(/^making tables and queues, and bundling \d+ functions$/);
    await running.line(/^ready/);

    expect((await asked).status).toBe(200);
  });

  test('keeps its data in the folder given, over a kill', async () => {
    const data = await folder();
    const first = await startService({ data });
    const created = await (await signIn(first.url)).create();
    await first.end('SIGKILL');

    const second = await startService({ data });
    closing.push(() => second.end());
    const read = await (await signIn(second.url)).get(`/payouts/${created.json.id}`);

    expect(read.text).toBe(created.text);
  });

  test.each(['SIGINT', 'SIGTERM', 'SIGKILL'] as const)(
    'leaves no process behind after %s',
    async (signal) => {
      const service = await startService();
      const children = await childrenOf(service.child.pid ?? 0);

      const code = await service.end(signal);

      expect(children.length).toBeGreaterThan(0);
      expect(code).toBe(signal === 'SIGKILL' ? null : 0);
      await Promise.all(children.map(gone));
    },
  );

  test('ends when npm, which started it, is killed', async () => {
    const npm = run('npm', ['start'], { cwd: ROOT, env: { PORT: '0' } });
    await npm.line(/^ready/);
    const children = await descendantsOf(npm.child.pid ?? 0);

    await npm.end('SIGKILL');

    expect(children.length).toBeGreaterThan(1);
    await Promise.all(children.map(gone));
  });

  test('serves a saved change without a restart', async () => {
    const copy = await copyRepository();
    const service = await startService({ root: copy.root });
    closing.push(copy.remove, () => service.end());
    const [alice, bob] = [await signIn(service.url), await signIn(service.url, { subject: 'bob' })];
    const submitted = await alice.act('submit', await alice.create());
    const approved = await bob.act('approve', submitted);

    await copy.edit(
      'functions/actions/payouts/approve.ts',
      'approvedBy: actor.id',
      "approvedBy: actor.id + '!'",
    );
    const changed = await eventually(
      'the change to be served',
      async () => bob.act('approve', await alice.act('submit', await alice.create())),
      ({ json }) => json.approvedBy === 'bob!',
    );

    expect(approved.json.approvedBy).toBe('bob');
    expect(changed.status).toBe(200);
    expect(
      (await service.line(/^reloaded functions\/actions\/payouts\/approve\.ts in (\d+) ms$/))[0],
    ).toBeTruthy();
  });
});

async function childrenOf(pid: number): Promise<number[]> {
  const ps = run('ps', ['-o', 'pid=', '--ppid', String(pid)]);
  await ended(ps);
  return ps.lines.map(Number);
}

async function descendantsOf(pid: number): Promise<number[]> {
  const children = await childrenOf(pid);
  return [...children, ...(await Promise.all(children.map(descendantsOf))).flat()];
}

/** Resolves when the process is gone. */
const gone = (pid: number) =>
  eventually(
    `process ${pid} to end`,
    () => isAlive(pid),
    (alive) => !alive,
  );
