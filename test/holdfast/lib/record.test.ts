import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Copy, copyRepository, SET_ASIDE } from '../support/copy.ts';

const run = promisify(execFile);

let copy: Copy;
beforeAll(async () => {
  copy = await copyRepository(['biome.json', '.gitignore', 'test/examples.ts']);
  await git('init', '--quiet');
  await commit();
});
afterAll(() => copy?.remove());

const git = async (...args: string[]) => (await run('git', args, { cwd: copy.root })).stdout;

const commit = async () => {
  await git('add', '--all');
  const who = ['-c', 'user.name=Alice', '-c', 'user.email=alice@example.com'];
  await git(...who, 'commit', '--quiet', '--no-verify', '--message', 'as it is');
};

/** Paths of what differs from the last commit. */
const changed = async () =>
  (await git('status', '--porcelain', '-uall'))
    .split('\n')
    .flatMap((line) => line.slice(3) || [])
    .toSorted();

/** `npm run record` in the copy. */
const record = (...args: string[]) => command('record', ...args);

const command = (...args: string[]) =>
  run('node', ['--no-warnings', 'lib/holdfast/cli/main.ts', ...args], { cwd: copy.root }).then(
    ({ stdout, stderr }) => ({ code: 0, printed: stdout + stderr }),
    ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({
      code,
      printed: stdout + stderr,
    }),
  );

const ACTION = 'functions/actions/payouts/set-aside.ts';

const CREATE = 'functions/actions/payouts/create.ts';

const RECORDS = [
  'lib/recorded/client.ts',
  'lib/recorded/contract/2026-05-01.json',
  'lib/recorded/contract/2026-11-01.json',
  'lib/recorded/frozen.json',
];

/** What releases before recorded, and this one does not. */
const OLD = 'lib/recorded/client/routes.ts';

/** Nothing that this command ever wrote. */
const OWN = 'lib/recorded/notes.ts';

describe('npm run record', () => {
  test('finds what is committed recorded, and with --check names each file that is not, and writes none', async () => {
    const before = await record('--check');
    await copy.write(ACTION, SET_ASIDE);

    const { code, printed } = await record('--check');

    expect(before).toEqual({ code: 0, printed: '' });
    expect(code).toBe(1);
    for (const path of RECORDS) expect(printed).toContain(`${path} is out of date; npm run record writes it`);
    expect(await changed()).toEqual([ACTION]);
  }, 120_000);

  test('records an action that was added in the contract, in the client, and where it lives; and removes what is recorded no more', async () => {
    await copy.write(OLD, 'export {};\n');
    await copy.write(OWN, 'export {};\n');
    const { code, printed } = await record();
    const after = await record('--check');
    const kept = existsSync(join(copy.root, OWN));
    await rm(join(copy.root, OWN));

    const [client, ...recorded] = await Promise.all(
      RECORDS.map((path) => readFile(join(copy.root, path), 'utf8')),
    );
    expect(code).toBe(0);
    expect(printed).toContain(`removed ${OLD}`);
    expect(kept).toBe(true);
    expect(existsSync(join(copy.root, dirname(OLD)))).toBe(false);
    expect(printed).toContain('POST /payouts/{payoutId}/set-aside: it is new');
    expect(printed).not.toContain('BREAKING');
    expect(await changed()).toEqual([ACTION, ...RECORDS].toSorted());
    expect(client).toContain('SetAsidePayout');
    expect(client).toContain("id: 'payouts.set-aside'");
    for (const text of recorded) expect(text).toContain('set-aside');
    expect(after).toEqual({
      code: 0,
      printed: 'npm run contract tells reviewers what clients get of payouts.set-aside\n',
    });
  }, 120_000);

  test('npm run contract writes the review of what has changed since a commit, and of nothing else', async () => {
    const without = await command('contract');
    await copy.edit(
      'test/examples.ts',
      "'payouts.create':",
      "'payouts.set-aside': { input: { note: 'look' } },\n  'payouts.create':",
    );
    const added = await command('contract', '--out', 'review.md');
    const page = await readFile(join(copy.root, 'review.md'), 'utf8');
    const unknown = await command('contract', '--since', 'nowhere');
    await git('checkout', '--quiet', 'test/examples.ts');
    await rm(join(copy.root, 'review.md'));

    expect(without.printed).toContain("there is no example of 'payouts.set-aside'");
    expect(added).toEqual({ code: 0, printed: 'wrote review.md: payouts.set-aside\n' });
    expect(page.match(/^## .*$/gm)).toEqual(['## Other clients', '## Old clients', '## payouts.set-aside']);
    expect(page).toContain(
      '- a client of POST /payouts/{payoutId}/set-aside need not know of it: it is new (2026-05-01, 2026-11-01)',
    );
    expect(page).toContain('npm run provoke -- illegal-transition --action payouts.set-aside');
    expect(unknown).toEqual({
      code: 1,
      printed: "git knows no commit 'nowhere' here; name one, as in --since main\n",
    });
  }, 120_000);

  test('E3: an action that is not committed may change in any way, and go', async () => {
    await copy.edit(ACTION, 'max: 500', 'max: 50');
    const narrowed = await record();
    await rm(join(copy.root, ACTION));
    const removed = await record();

    expect(narrowed.printed).not.toContain('BREAKING');
    expect([narrowed.code, removed.code]).toEqual([0, 0]);
    expect(await changed()).toEqual([]);
  }, 120_000);

  test('refuses what breaks clients of the last commit, in each version, until every change is named; then writes all of it', async () => {
    await copy.edit(
      CREATE,
      'money, beneficiary, reference }',
      'money, beneficiary, reference: text({ max: 70 }) }',
    );
    await copy.edit(CREATE, 'defineAction, money }', 'defineAction, money, text }');
    const names = ['2026-05-01', '2026-11-01'].map(
      (version) => `${version} request /reference: maxLength was 140, and is 70`,
    );
    const accepting = names.flatMap((name) => ['--accept-breaking', name]);

    const refused = await record();
    const half = await record(...accepting.slice(0, 2));
    const stranger = await record(...accepting, '--accept-breaking', 'x');
    const nothing = await changed();
    const accepted = await record(...accepting);
    const after = await record();
    const checked = await record('--check');

    expect(refused.printed).toContain(
      `BREAKING  ${names[1]}\n            a client of POST /payouts that sends /reference as before is refused: maxLength was 140, and is 70`,
    );
    expect(stranger.printed).toContain("--accept-breaking 'x' is not the name of a breaking change");
    expect([refused, half, stranger, accepted, after, checked].map(({ code }) => code)).toEqual([
      1, 1, 1, 0, 0, 0,
    ]);
    expect(nothing).toEqual([CREATE]);
    expect(after.printed).toBe('everything is up to date\n');
  }, 240_000);

  test('without a repository compares with what is recorded in the folder', async () => {
    await rm(join(copy.root, '.git'), { recursive: true });
    await writeFile(join(copy.root, ACTION), SET_ASIDE.replace('max: 500', 'max: 50'));
    await record();
    await copy.edit(ACTION, 'max: 50', 'max: 40');

    const { code, printed } = await record();

    expect(code).toBe(1);
    expect(printed).toContain('maxLength was 50, and is 40');
    expect(printed).toContain('in a new project run git init, since what no commit has may change freely');
  }, 120_000);

  test('in a repository without a commit the same change is compared with nothing, and recorded', async () => {
    await git('init', '--quiet');

    const { code, printed } = await record();

    expect(code).toBe(0);
    expect(printed).not.toContain('BREAKING');
    expect(printed).toMatch(
      /^compared with nothing: no commit has lib\/recorded\/contract, so clients were promised nothing yet\nwrote /,
    );
  }, 120_000);
});
