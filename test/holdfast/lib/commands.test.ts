import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import {
  type Command,
  defineCommand,
  type Output,
  runCommand,
} from '../../../lib/holdfast/cli/command/command.ts';
import { COMMANDS } from '../../../lib/holdfast/cli/commands.ts';
import { ask, serviceUrl } from '../../../lib/holdfast/cli/service-options.ts';
import { ROOT } from '../../../lib/holdfast/service/project.ts';

const run = promisify(execFile);

const { scripts } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};

/** Another's program answers for its options itself, with a usage and an exit status of its own. */
const ANOTHERS = /\b(jest|biome|tsc|depcruise|knip)\b/;

/** Starts one of ours with options of its own, and has none. */
const SHORTHANDS = ['check:record'];

const own = Object.keys(scripts).filter(
  (name) => !ANOTHERS.test(scripts[name] ?? '') && !SHORTHANDS.includes(name),
);

/** What `npm run NAME -- …` runs, without npm before it, which takes most of the time. */
const script = (name: string, ...args: string[]) =>
  run('sh', ['-c', `${scripts[name]} "$@"`, 'sh', ...args], {
    cwd: ROOT,
    env: { ...process.env, PATH: `${join(ROOT, 'node_modules/.bin')}:${process.env.PATH}`, NODE_OPTIONS: '' },
  }).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({
      code,
      stdout,
      stderr,
    }),
  );

const changes = async () => (await run('git', ['status', '--porcelain', '-uall'], { cwd: ROOT })).stdout;
const before = await changes();

describe('every script of package.json', () => {
  test.each(Object.keys(scripts))('E4: %s --help tells how it is used, and does nothing', async (name) => {
    const { code, stdout } = await script(name, '--help');

    expect([code, stdout.length > 50]).toEqual([0, true]);
  });

  test.each(own)('E4: %s --colour is refused with the usage, before anything is done', async (name) => {
    const { code, stdout, stderr } = await script(name, '--colour');

    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/--colour'.*\nusage: npm /);
  });

  test('E4: none of these has changed a file', async () => {
    expect(await changes()).toBe(before);
  });

  test('is a command of the table, one beside its tests, or another’s program', () => {
    const started = own.map((name) => scripts[name]?.replace('node --no-warnings ', ''));

    expect(started.toSorted()).toEqual(
      [
        ...COMMANDS.map(({ name }) => `lib/holdfast/cli/main.ts ${name}`),
        ...['e2e', 'accept', 'bench', 'budgets', 'incidents', 'prove', 'docs'].map(
          (name) => `test/holdfast/${name}/run.ts`,
        ),
        'test/holdfast/package/build.ts',
      ].toSorted(),
    );
  });
});

describe('the help of each command', () => {
  const all = COMMANDS.map(async (each) => ('commands' in each ? each.commands() : [each]));

  test('names where its lines come from: stdin as well as a file', async () => {
    const { code, stdout } = await script('stack', '--help');

    expect([code, stdout]).toEqual([0, expect.stringMatching(/^ {2}FILE +.*; - for the standard input$/m)]);
  });

  test('names by which variables an account is chosen, where it asks one', async () => {
    const asking = (await Promise.all(all))
      .flat()
      .filter(({ name, options }) => name !== 'synth' && options !== undefined && 'stage' in options);

    expect(asking.length).toBeGreaterThan(8);
    for (const { name, environment } of asking)
      expect([name, Object.keys(environment ?? {})]).toEqual([name, expect.arrayContaining(['AWS_PROFILE'])]);
  });
});

/** Runs a command of the test's own, and gives what it did and printed. */
async function tried(command: Partial<Command>, ...args: string[]) {
  const printed: string[] = [];
  const output: Output = { out: (text) => printed.push(text), error: (text) => printed.push(text) };
  let given: unknown;
  const whole = defineCommand({
    name: 'try',
    summary: 'Tries.',
    run: ({ options, operands }) => {
      given = { options, operands };
    },
    ...command,
  });
  const code = await runCommand(whole, args, {}, output);
  return { code, given, printed: printed.join('\n') };
}

describe('a command', () => {
  const options = {
    queue: { value: 'NAME', summary: 'which', required: true },
    rate: { value: 'N', summary: 'how fast', default: '5' },
    env: { value: 'X', summary: 'more', multiple: true },
    yes: { summary: 'does it' },
  } as const;

  test('is given its options, those that were left out by their defaults', async () => {
    const { code, given } = await tried(
      { options, operands: { ID: 'of one', '[MORE…]': 'of others' } },
      'a',
      '--queue',
      'q',
      'b',
      'c',
    );

    expect([code, given]).toEqual([
      0,
      { options: { queue: 'q', rate: '5', env: [], yes: false }, operands: ['a', 'b', 'c'] },
    ]);
  });

  test.each([
    [['--help']],
    [['-h']],
    [['--yes', '--help']],
    [['x', 'y', '--help']],
    [['--colour', '--help']],
  ])('E4: %j prints the usage and never runs it', async (args) => {
    const { code, given, printed } = await tried({ options }, ...args);

    expect([code, given]).toEqual([0, undefined]);
    expect(printed).toMatch(/^usage: npm run try -- --queue NAME \[--rate N\] \[--env X\]… \[--yes\]\n/);
    expect(printed).toContain('--rate N');
  });

  test('says what each of its operands is for, before its options', async () => {
    const { printed } = await tried(
      { options, operands: { ID: 'of one', '[MORE…]': 'of others' } },
      '--help',
    );

    expect(printed).toMatch(
      / ID \[MORE…\] --queue NAME .*\n\nTries\.\n\n {2}ID +of one\n {2}\[MORE…\] +of others\n {2}--queue/,
    );
  });

  test.each([
    [{}, ['x'], "'x' is an operand too many; it takes none"],
    [{ operands: { ID: 'of it' } }, ['x', 'y'], "'y' is an operand too many; it takes ID"],
    [{ operands: { ID: 'of it', '[MORE]': 'another' } }, [], 'ID is missing'],
    [{}, ['--colour'], "unknown option '--colour'"],
    [{}, ['-x'], "unknown option '-x'"],
    [{ options }, [], '--queue NAME is missing'],
    [{ options }, ['--queue'], "option '--queue <value>' argument missing"],
    [{ options }, ['--queue', 'q', '--yes=no'], "option '--yes' does not take an argument"],
    [{ options }, ['--queue', 'q', '--queue', 'r'], '--queue is given twice; give it once'],
  ])('E4: %j refuses %j with what is wrong, and never runs', async (command, args, fault) => {
    const { code, given, printed } = await tried(command, ...args);

    expect([code, given]).toEqual([2, undefined]);
    expect(printed.split('\n')).toEqual([fault, expect.stringMatching(/^usage: npm run try/)]);
  });

  test.each([
    ['Region is missing', /^no AWS region is set; set AWS_REGION/],
    ['Could not load credentials from any providers', /^no AWS credentials were found; set AWS_PROFILE/],
  ])('E10: “%s” says what to set', async (message, told) => {
    const { code, printed } = await tried({ run: () => Promise.reject(new Error(message)) });

    expect(code).toBe(1);
    expect(printed).toMatch(told);
  });
});

describe('the service that a command asks', () => {
  const nothing = { url: undefined, stage: undefined };

  test('E2: is that of --url, else of PORT, else of port 3000', async () => {
    expect(await serviceUrl({ ...nothing, url: 'https://a.example/dev/' }, { PORT: '1' })).toBe(
      'https://a.example/dev',
    );
    expect(await serviceUrl(nothing, { PORT: '4300' })).toBe('http://127.0.0.1:4300');
    expect(await serviceUrl(nothing, {})).toBe('http://127.0.0.1:3000');
  });

  test.each([
    [{ ...nothing, url: 'localhost:3000' }, {}, "--url is 'localhost:3000'; give a URL"],
    [{ ...nothing, url: 'file:///x' }, {}, "--url is 'file:///x'; give a URL"],
    [nothing, { PORT: 'http' }, "PORT is 'http'; give a whole number from 0 to 65535"],
    [nothing, { PORT: '65536' }, "PORT is '65536'; give a whole number from 0 to 65535"],
  ])('E2: %j and %j are refused', async (asked, environment, message) => {
    await expect(serviceUrl(asked, environment)).rejects.toThrow(message);
  });

  test('E2: that does not answer is named, with the remedy', async () => {
    await expect(ask('http://127.0.0.1:9', '/health', {})).rejects.toThrow(
      /^no service answers at http:\/\/127\.0\.0\.1:9 \(.+\); start it by npm start, or name another one by PORT, --url or --stage$/,
    );
  });
});
