import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Copy, copyRepository } from '../support/copy.ts';

const run = promisify(execFile);

let copy: Copy;
beforeAll(async () => {
  copy = await copyRepository(['biome.json', '.gitignore']);
});
afterAll(() => copy?.remove());

const cruise = () =>
  run('depcruise', ['--config', '.dependency-cruiser.cjs', 'bin', 'lib', 'functions'], {
    cwd: copy.root,
  }).then(
    ({ stdout }) => stdout,
    ({ stdout }: { stdout: string }) => stdout,
  );

describe('the arrows between the rooms', () => {
  // A cruiser that cannot read TypeScript finds nothing wrong with 0 modules.
  test('are kept by every module there is', async () => {
    const report = await cruise();

    expect(report).toMatch(/no dependency violations found \(\d{2,} modules/);
  });

  test.each([
    ['core-knows-nothing', 'lib/holdfast/core/planted.ts', "import '../runtime/records/commit.ts';"],
    ['definitions-know-no-aws', 'lib/holdfast/core/planted.ts', "import '@aws-sdk/client-dynamodb';"],
    [
      'actions-know-partners-and-the-kit',
      'functions/actions/payouts/planted.ts',
      "import '../../../lib/holdfast/runtime/records/item.ts';",
    ],
    [
      'runtime-knows-core',
      'lib/holdfast/runtime/planted.ts',
      "import '../../../functions/actions/payouts/approve.ts';",
    ],
    ['runtime-knows-core', 'lib/holdfast/runtime/planted.ts', "import '../service/config.ts';"],
    ['template-is-read-only', 'lib/holdfast/template/planted.ts', "import '../local/settings.ts';"],
    ['kit-knows-itself', 'lib/holdfast/planted.ts', "import '../../../functions/partners/bank.ts';"],
    ['client-knows-core', 'lib/holdfast/client/planted.ts', "import '../service/config.ts';"],
    ['partners-reach-no-network', 'functions/partners/planted.ts', "import 'node:http';"],
    ['partners-reach-no-network', 'functions/partners/planted.ts', "export const a = import('node:net');"],
    ['partners-reach-no-network', 'functions/partners/planted.ts', "import 'openapi-fetch';"],
    ['simulators-are-never-bundled', 'functions/partners/planted.ts', "import './bank.simulator.ts';"],
    ['simulators-are-never-bundled', 'lib/planted.ts', "import '../functions/partners/bank.simulator.ts';"],
    ['bin-starts-lib', 'bin/planted.ts', "import '../functions/partners/bank.ts';"],
    ['no-cycle', 'lib/planted.ts', "import './planted.ts';"],
    ['resolvable', 'lib/planted.ts', "import './nowhere.ts';"],
  ])('%s catches a violation planted in %s', async (rule, file, text) => {
    await copy.write(file, text);

    const report = await cruise();
    await copy.write(file, '');

    expect(report).toContain(`error ${rule}: ${file}`);
  });

  test('are broken by two folders of the kit that import each other, though no two files do', async () => {
    await copy.write('lib/holdfast/cdk/tables/planted.ts', "import '../stacks/planted.ts';");
    await copy.write('lib/holdfast/cdk/stacks/planted.ts', '');

    const report = await cruise();
    await copy.write('lib/holdfast/cdk/tables/planted.ts', '');

    expect(report).toContain('error no-cycle-of-rooms: lib/holdfast/cdk/tables');
    expect(report).not.toContain('error no-cycle:');
  });
});

describe('A5: an adapter has no way out but request()', () => {
  const lint = () =>
    run('biome', ['lint', '--vcs-enabled=false', 'functions/partners'], { cwd: copy.root }).then(
      ({ stdout, stderr }) => stdout + stderr,
      ({ stdout, stderr }: { stdout: string; stderr: string }) => stdout + stderr,
    );

  test('and those that there are take none', async () => {
    expect(await lint()).toMatch(/Checked \d+ files? in .*No fixes applied/s);
  });

  test.each([
    ['fetch', "export const a = () => fetch('https://example.com');"],
    ['globalThis', "export const a = () => globalThis['fetch']('https://example.com');"],
    ['XMLHttpRequest', 'export const a = new XMLHttpRequest();'],
    ['WebSocket', "export const a = new WebSocket('wss://example.com');"],
    ['EventSource', "export const a = new EventSource('https://example.com');"],
    ['process', "export const a = process.getBuiltinModule('node:http');"],
    ['Function', "export const a = new Function('return fetch')();"],
  ])('%s is refused there', async (name, text) => {
    await copy.write('functions/partners/planted.ts', text);

    const report = await lint();
    await copy.write('functions/partners/planted.ts', '');

    expect(report).toContain(`Do not use the global variable ${name}`);
  });
});
