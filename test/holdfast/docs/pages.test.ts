import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, expect, test } from '@jest/globals';
import { type Command, runCommand } from '../../../lib/holdfast/cli/command/command.ts';
import { COMMANDS } from '../../../lib/holdfast/cli/commands.ts';
import { ROOT } from '../../../lib/holdfast/service/project.ts';
import { generatedFiles, textOf } from './generated.ts';
import { anchorsOf, commandsOf, linksOf, type Page, pages, pathsOf } from './pages.ts';

const run = promisify(execFile);

/** Pages whose commands and files are the reader's: `test/holdfast/wire/tutorial.test.ts` does what it says. */
const TUTORIAL = 'docs/tutorial.md';

let all: readonly Page[];
let readme = '';
let scripts: Readonly<Record<string, string>>;
beforeAll(async () => {
  all = await pages();
  readme = all.find(({ path }) => path === 'README.md')?.text ?? '';
  ({ scripts } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')));
});

test('every link of the documentation leads to a file, and to a heading where it names one', async () => {
  const links = all.flatMap(linksOf);
  const headings = new Map(all.map(({ path, text }) => [path, anchorsOf(text)]));

  const broken = links.filter(
    ({ path, anchor }) =>
      !existsSync(join(ROOT, path)) || (anchor !== undefined && !headings.get(path)?.has(anchor)),
  );

  expect(broken).toEqual([]);
  expect(links.length).toBeGreaterThan(100);
});

test('every page of docs/ is linked from the README or from the list of decisions', () => {
  const linked = new Set(
    all
      .filter(({ path }) => path.endsWith('README.md'))
      .flatMap((page) => linksOf(page).map(({ path }) => path)),
  );

  expect(all.map(({ path }) => path).filter((path) => path !== 'README.md' && !linked.has(path))).toEqual([]);
});

test('every path that the documentation quotes exists', () => {
  const missing = all
    .filter(({ path }) => path !== TUTORIAL)
    .flatMap((page) => pathsOf(page).map((path) => ({ page: page.path, path })))
    .filter(({ path }) => !existsSync(join(ROOT, path)));

  expect(missing).toEqual([]);
});

test('every npm run NAME of the documentation is a script of package.json', () => {
  const unknown = all
    .flatMap(commandsOf)
    .map(([name]) => name)
    .filter((name) => scripts[name] === undefined);

  expect(unknown).toEqual([]);
});

test('the README names every script of package.json that a user runs', () => {
  const own = Object.keys(scripts).filter((name) => !name.includes(':'));

  const missing = own.filter((name) => !new RegExp(`npm (run (--silent )?)?${name}\\b`).test(readme));

  expect(missing).toEqual([]);
});

test('the README marks the commands that a made project has, and no other', () => {
  const rows = [...readme.matchAll(/^\| `npm (?:run (?:--silent )?)?(\w+)[^|]* \|( ✓)? \|/gm)];
  const own = ['test', ...COMMANDS.map(({ name }) => name)];

  const wrong = rows.filter(([, name = '', mark]) => own.includes(name) !== (mark !== undefined));

  expect(wrong.map(([, name]) => name)).toEqual([]);
  expect(rows.length).toBeGreaterThan(15);
});

test('E7: every command of the kit is quoted as it takes its arguments', async () => {
  const refused: string[] = [];
  for (const [name, args] of all.flatMap(commandsOf)) {
    const command = COMMANDS.find((each) => each.name === name);
    if (command === undefined || args.length === 0) continue;
    const harmless = (one: Command): Command => ({ ...one, run: () => 0 });
    const stub =
      'commands' in command
        ? { ...command, commands: async () => (await command.commands()).map(harmless) }
        : harmless(command);
    const output = { out: () => undefined, error: (text: string) => refused.push(`${name}: ${text}`) };
    await runCommand(stub, args, {}, output);
  }

  expect(refused).toEqual([]);
});

test.each(['accept', 'bench', 'e2e', 'incidents', 'prove', 'readme'])(
  'npm run %s is quoted with words that its help has',
  async (name) => {
    const [node = '', ...own] = String(scripts[name]).split(' ');
    const { stdout } = await run(node, [...own, '--help'], {
      cwd: ROOT,
      env: { ...process.env, NODE_OPTIONS: '' },
    });

    const words = all
      .flatMap(commandsOf)
      .flatMap(([script, args]) => (script === name ? args : []))
      .filter((word) => name !== 'e2e' || word.startsWith('--'));

    expect(words.filter((word) => !stdout.includes(word))).toEqual([]);
  },
);

test('npx jest FILE runs, since npx gives Node the flag that ES modules need', async () => {
  const env = { ...process.env, NODE_OPTIONS: '' };

  const { stderr } = await run('npx', ['jest', 'test/holdfast/core/media-type.test.ts'], { cwd: ROOT, env });

  expect(stderr).toMatch(/^Tests: .* passed/m);
}, 60_000);

test('every table and drawing of the documentation is as npm run readme writes it', async () => {
  const stale: string[] = [];
  for (const { path, make } of await generatedFiles()) {
    const text = await textOf(path);
    if (text === '' || make(text) !== text) stale.push(path);
  }

  expect(stale).toEqual([]);
});

test('the README has at most 200 lines, and its table of what happens ends within the first 40', () => {
  const lines = readme.split('\n');

  expect(lines.length).toBeLessThanOrEqual(201);
  expect(lines.findLastIndex((line) => line.startsWith('| a deploy comes between'))).toBeLessThan(40);
});

test('the README says what an idle stage costs as docs/cost.md has it, from the cheapest to the dearest that a team keeps', () => {
  const cost = all.find(({ path }) => path === 'docs/cost.md')?.text ?? '';
  const row = (name: string) =>
    cost
      .split('\n')
      .find((line) => line.includes(name))
      ?.split('|') ?? [];
  const stages = row('a month in which nobody calls').map((cell) => cell.trim());
  const dollars = (stage: string) =>
    Math.round(Number(row('**together**')[stages.indexOf(stage)]?.replaceAll(/[^\d.]/g, '')));

  expect(readme).toContain(`$${dollars('`dev`')} to $${dollars('`production`')} a month`);
});

test('the action that the README shows is the one of the sample', async () => {
  const [, shown = ''] = /```ts\n(.*?)\n```/s.exec(readme) ?? [];

  expect(await readFile(join(ROOT, 'functions/actions/payouts/approve.ts'), 'utf8')).toContain(shown);
});

test('a decision has at most 50 lines, and says what else was considered and what would change it', () => {
  const decisions = all.filter(({ path }) => /^docs\/decisions\/(?!README)/.test(path));

  const lacking = decisions.filter(
    ({ text }) =>
      text.split('\n').length > 51 ||
      !text.includes('**What else was considered.**') ||
      !text.includes('**What would change it.**'),
  );

  expect(lacking.map(({ path }) => path)).toEqual([]);
  expect(decisions.length).toBeGreaterThanOrEqual(10);
});

test('nobody is told to fetch from npm what is not there yet', () => {
  expect(all.filter(({ text }) => /npm (create|init) holdfast|npm install holdfast/.test(text))).toEqual([]);
});
