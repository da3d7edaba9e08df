import { execFile } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ROOT } from '../../../lib/holdfast/service/project.ts';
import { freshKey } from '../support/client.ts';
import { type Copy, copyRepository } from '../support/copy.ts';
import { eventually } from '../support/eventually.ts';
import { type Service, signIn, startService } from '../support/service.ts';

const run = promisify(execFile);

let copy: Copy;
let service: Service;
beforeAll(async () => {
  copy = await copyRepository(['test', 'jest.config.js', 'biome.json', 'knip.json', '.gitignore']);
  service = await startService({ root: copy.root });
});
afterAll(async () => {
  await service?.end();
  await copy?.remove();
});

/** `npm run …` in the copy. */
const npm = (script: string, ...args: string[]) =>
  run('npm', ['run', '--silent', script, '--', ...args], { cwd: copy.root }).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({
      code,
      stdout,
      stderr,
    }),
  );

/** Every file that a generator may write, with its text. */
async function written(): Promise<ReadonlyMap<string, string>> {
  const folders = ['functions', 'test', 'lib'].map((folder) => join(copy.root, folder));
  const entries = await Promise.all(
    folders.map((folder) => readdir(folder, { recursive: true, withFileTypes: true })),
  );
  const files = entries.flat().map((entry) => ({ entry, path: join(entry.parentPath, entry.name) }));
  return new Map(
    await Promise.all(
      files.map(
        async ({ entry, path }) => [path, entry.isFile() ? await readFile(path, 'utf8') : ''] as const,
      ),
    ),
  );
}

/** Makes something that can be made. */
async function make(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await npm('new', ...args);
  if (code !== 0) throw new Error(`${args.join(' ')} made nothing:\n${stdout}${stderr}`);
  return stdout;
}

describe('npm run new', () => {
  test('action: is served by the running service within seconds, and says how to try it', async () => {
    const alice = await signIn(service.url);
    const submitted = await alice.act('submit', await alice.create());

    const begun = performance.now();
    const making = make('action', 'payouts', 'set-aside', '--from', 'submitted', '--to', 'draft');
    await service.line(/^reloaded .*payouts\/set-aside\.ts/);
    const aside = await alice.act('set-aside', submitted, { body: { note: 'as agreed' } });
    const seconds = (performance.now() - begun) / 1000;
    const stdout = await making;

    expect(aside).toMatchObject({ status: 200, json: { state: 'draft', note: 'as agreed' } });
    expect(seconds).toBeLessThan(60);
    expect(stdout).toContain(
      'POST /payouts/{payoutId}/set-aside  submitted → draft  scope payouts:set-aside',
    );
    expect(stdout).toContain('curl -i "localhost:3000/payouts/$ID/set-aside"');
    expect(stdout).toContain('\ntest it:\n  npm test -- test/actions/payouts/set-aside.test.ts\n');
  });

  test('action: its test passes after the edit that docs/actions.md makes of it', async () => {
    const page = await readFile(join(ROOT, 'docs/actions.md'), 'utf8');
    const [, edited = ''] = /```ts\n(import [^`]*?name: 'hold',[^`]*)```/.exec(page) ?? [];
    await make('action', 'payouts', 'hold', '--from', 'submitted', '--to', 'draft');

    await writeFile(join(copy.root, 'functions/actions/payouts/hold.ts'), edited);

    const { stderr } = await run('npx', ['jest', 'test/actions/payouts/hold.test.ts'], { cwd: copy.root });
    expect(edited).toContain('submittedBy: null');
    expect(stderr).toMatch(/^Tests: +2 passed, 2 total/m);
  });

  test('partner, resource, operation: what they make works together in the running service', async () => {
    await make('partner', 'courier', '--callback');
    await make('resource', 'parcels', '--states', 'packed,sending,sent');
    const states = ['--from', 'packed', '--during', 'sending', '--succeeded', 'sent', '--failed', 'packed'];
    await make('operation', 'parcels', 'send-parcel', '--steps', 'screening,courier', ...states);
    await service.line(/^reloaded .*parcels\/send\.ts/);
    const alice = await signIn(service.url, { scopes: 'parcels:* operations:*' });
    const parcel = await alice.post('/parcels', { key: freshKey(), body: { reference: 'first' } });

    const accepted = await alice.post(`/parcels/${parcel.json.id}/send`, {
      key: freshKey(),
      ifMatch: parcel.etag,
    });
    const operation = await eventually(
      'the parcel to be sent',
      () => alice.get(`/operations/${accepted.json.id}`, { Prefer: 'wait=20' }),
      ({ json }) => !['accepted', 'running', 'waiting'].includes(String(json.state)),
    );
    const sent = await alice.get(`/parcels/${parcel.json.id}`);
    const shown = await npm('operation', 'show', String(accepted.json.id), '--url', service.url);

    expect(parcel).toMatchObject({ status: 201, json: { state: 'packed', createdBy: 'alice' } });
    expect(accepted.status).toBe(202);
    expect(operation.json).toMatchObject({ state: 'succeeded', progress: { completed: 2, total: 2 } });
    expect(sent.json.state).toBe('sent');
    // E2: the token that it makes has the scopes of the operation's own resource.
    expect(shown).toMatchObject({ code: 0, stderr: '' });
    expect(shown.stdout).toMatch(/^operation op_\w+ on \/parcels\/\w+: succeeded\n/);
  });

  test('leaves the repository in order: format, types, arrows, nothing unused, the contract recorded', async () => {
    const { code, stdout, stderr } = await npm('check');

    expect({ code, told: code === 0 ? '' : stdout + stderr }).toEqual({ code: 0, told: '' });
  });

  test.each([
    [[], 'npm run new needs a command; choose from action, resource, partner, operation'],
    [['route', 'x'], "unknown command 'new route'; choose from action, resource, partner, operation"],
    [['action', 'payouts'], 'NAME is missing'],
    [['action', 'refunds', 'hold'], "unknown resource 'refunds'; choose from "],
    [['action', 'payouts', 'Hold'], "action 'Hold' is not kebab case"],
    [['action', 'payouts', '../x'], "action '../x' is not kebab case"],
    [['action', 'payouts', 'history'], "'history' is a route of the kit; choose another name"],
    [['action', 'payouts', 'submit'], "payouts has an action 'submit' already"],
    [
      ['action', 'payouts', 'defer', '--to', 'gone'],
      "--to names 'gone', which is not a state of payouts; choose from draft,",
    ],
    [['action', 'payouts', 'defer', '--form', 'draft'], "unknown option '--form'"],
    [
      ['resource', 'operations'],
      "'operations' is kept for the kit's own routes and keys; choose another name",
    ],
    [['resource', 'staff'], "cannot derive the singular of 'staff'; pass --singular NAME"],
    [['resource', 'payouts'], 'functions/actions/payouts is there already'],
    [['partner', 'bank'], 'functions/partners/bank.ts is there already'],
    [['operation', 'payouts', 'refund-payout'], '--steps PARTNERS is missing'],
  ])('%j is refused, and says why', async (args, why) => {
    const { code, stderr } = await npm('new', ...args);

    expect(code).toBe(2);
    expect(stderr).toContain(why);
  });

  test('makes nothing at all when what follows is refused', async () => {
    await copy.edit('functions/actions/payouts/resource.ts', 'max: 140', 'max: 70');
    const before = await written();

    const { code, stderr } = await npm('new', 'resource', 'letters');

    expect(code).toBe(1);
    expect(stderr).toContain('nothing was made, since this failed');
    expect(stderr).toContain('BREAKING  2026-11-01 request /reference: maxLength was 140, and is 70');
    expect(await written()).toEqual(before);
  });
});
