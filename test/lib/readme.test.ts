import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { describe, expect, test } from '@jest/globals';
import { type Command, runCommand } from '../../lib/holdfast/cli/command/command.ts';
import { COMMANDS } from '../../lib/holdfast/cli/commands.ts';
import { problemTable, withProblemTable } from '../../lib/holdfast/cli/record/problem-table.ts';
import { standardWebhooks } from '../../lib/holdfast/core/partners/verification.ts';
import { madeUpCallbackSecret } from '../../lib/holdfast/local/partners/made-up-secrets.ts';
import { signCallback } from '../../lib/holdfast/local/partners/sign-callback.ts';
import { ROOT } from '../../lib/holdfast/service/project.ts';
import { loadRegistry } from '../../lib/holdfast/service/registry.ts';
import { differenceTable } from '../e2e/sam/differences.ts';
import { skipTable } from '../e2e/skips.ts';

const run = promisify(execFile);

test('the README shows the table of problems as it is; npm run readme writes it', async () => {
  const readme = await readFile(join(ROOT, 'README.md'), 'utf8');

  const written = withProblemTable(readme, problemTable(await loadRegistry()));

  expect(readme).toBe(written);
});

test('the README lists what the emulated deployment leaves out, as it is', async () => {
  const readme = await readFile(join(ROOT, 'README.md'), 'utf8');

  const [, listed] = /<!-- skips: [^>]*-->\n\n(.*?)\n\n<!-- \/skips -->/s.exec(readme) ?? [];

  expect(listed).toBe(skipTable());
});

test('G4: the README lists what SAM answers otherwise, as npm run sam -- --check holds it', async () => {
  const readme = await readFile(join(ROOT, 'README.md'), 'utf8');

  const [, listed] = /<!-- sam: [^>]*-->\n\n(.*?)\n\n<!-- \/sam -->/s.exec(readme) ?? [];

  expect(listed).toBe(differenceTable());
});

test('the README names every script of package.json that a user runs', async () => {
  const readme = await readFile(join(ROOT, 'README.md'), 'utf8');
  const { scripts } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));
  const own = Object.keys(scripts).filter((name) => !name.includes(':'));

  const missing = own.filter(
    (name) => !readme.includes(`npm ${name}`) && !readme.includes(`npm run ${name}`),
  );

  expect(missing.filter((name) => !readme.includes(`npm run --silent ${name}`))).toEqual([]);
});

test('A8: a callback that is signed by hand as the README says is signed as the simulated partners do', async () => {
  const readme = await readFile(join(ROOT, 'README.md'), 'utf8');
  const [, commands = ''] = /<!-- callback: [^>]*-->\n\n```\n(.*?)\n```/s.exec(readme) ?? [];

  const { stdout } = await promisify(execFile)('sh', ['-c', `curl() { printf '%s\n' "$@"; }\n${commands}`]);
  const sent = stdout.split('\n');
  const header = (name: string) => sent.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
  const seconds = Number(header('webhook-timestamp'));

  expect(
    signCallback(standardWebhooks(), {
      secret: madeUpCallbackSecret('screening'),
      id: 'msg_1',
      at: new Date(seconds * 1000),
      body: sent[sent.indexOf('-d') + 1] ?? '',
    }),
  ).toEqual({
    'webhook-id': header('webhook-id'),
    'webhook-timestamp': header('webhook-timestamp'),
    'webhook-signature': header('webhook-signature'),
  });
  expect(Math.abs(Date.now() / 1000 - seconds)).toBeLessThan(60);
});

describe('E7: what the README quotes', () => {
  /** Each `npm …` of the README: the script, and its arguments. */
  const quoted = async () => {
    const readme = (await readFile(join(ROOT, 'README.md'), 'utf8')).replaceAll('\\\n', ' ');
    const command = /npm (?:run (?:--silent )?([a-z][\w:]*)|(start|test)\b)(?: -- ([^`\n|)#]*))?/g;
    const inText = [...readme.matchAll(command)].map(
      ([, script, own, args = '']) => [script ?? own ?? '', args] as const,
    );
    // In the table, options of a row's command stand by themselves.
    const inTable = readme.split('\n').flatMap((line) => {
      const [, name] = /^\| `npm (?:run (?:--silent )?)?([a-z]\w*)/.exec(line) ?? [];
      return name === undefined
        ? []
        : [...line.matchAll(/`-- ([^`]+)`/g)].map(([, args = '']) => [name, args] as const);
    });
    const words = (args: string) =>
      [...args.matchAll(/"([^"]*)"|(\S+)/g)].map(([, text, word]) => text ?? word ?? '');
    return [...inText, ...inTable].map(([name, args]) => [name, words(args)] as const);
  };

  test('as npm run NAME is a script of package.json', async () => {
    const { scripts } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));

    const unknown = (await quoted()).map(([name]) => name).filter((name) => scripts[name] === undefined);

    expect(unknown).toEqual([]);
  });

  test('is taken by the command as it stands there', async () => {
    const refused: string[] = [];
    for (const [name, args] of await quoted()) {
      const command = COMMANDS.find((each) => each.name === name);
      if (command === undefined) continue;
      const harmless = (one: Command): Command => ({ ...one, run: () => 0 });
      const stub =
        'commands' in command
          ? { ...command, commands: async () => (await command.commands()).map(harmless) }
          : harmless(command);
      const output = { out: () => undefined, error: (text: string) => refused.push(`${name}: ${text}`) };
      if (args.length > 0) await runCommand(stub, args, {}, output);
    }

    expect(refused).toEqual([]);
  });

  test('npx jest FILE runs, since npx gives Node the flag that ES modules need', async () => {
    const env = { ...process.env, NODE_OPTIONS: '' };

    const { stderr } = await run('npx', ['jest', 'test/core/media-type.test.ts'], { cwd: ROOT, env });

    expect(stderr).toMatch(/^Tests: .* passed/m);
  }, 60_000);
});
