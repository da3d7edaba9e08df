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

  test('are broken by two folders of the kit that import each other, though no two files do', async () => {
    await copy.write('lib/holdfast/cdk/tables/planted.ts', "import '../stacks/planted.ts';");
    await copy.write('lib/holdfast/cdk/stacks/planted.ts', '');

    const report = await cruise();
    await copy.write('lib/holdfast/cdk/tables/planted.ts', '');

    expect(report).toContain('error no-cycle-of-rooms: lib/holdfast/cdk/tables');
    expect(report).not.toContain('error no-cycle:');
  });

  // Each in a file of its own, so that one cruise, of some seconds, finds them all.
  describe('each have a rule', () => {
    const PLANTED: readonly (readonly [rule: string, file: string, text: string])[] = [
      [
        'core-knows-nothing',
        'lib/holdfast/core/planted-1.ts',
        "import '../runtime/records/dynamodb-store.ts';",
      ],
      ['definitions-know-no-aws', 'lib/holdfast/core/planted-2.ts', "import '@aws-sdk/client-dynamodb';"],
      [
        'actions-know-partners-and-the-kit',
        'functions/actions/payouts/planted-3.ts',
        "import '../../../lib/holdfast/runtime/records/item.ts';",
      ],
      [
        'runtime-knows-core',
        'lib/holdfast/runtime/planted-4.ts',
        "import '../../../functions/actions/payouts/approve.ts';",
      ],
      ['runtime-knows-core', 'lib/holdfast/runtime/planted-5.ts', "import '../service/config.ts';"],
      ['template-is-read-only', 'lib/holdfast/template/planted-6.ts', "import '../local/settings.ts';"],
      ['kit-knows-itself', 'lib/holdfast/planted-7.ts', "import '../../functions/partners/bank.ts';"],
      ['client-knows-core', 'lib/holdfast/client/planted-8.ts', "import '../service/config.ts';"],
      ['partners-reach-no-network', 'functions/partners/planted-9.ts', "import 'node:http';"],
      [
        'partners-reach-no-network',
        'functions/partners/planted-10.ts',
        "export const a = import('node:net');",
      ],
      ['partners-reach-no-network', 'functions/partners/planted-11.ts', "import 'openapi-fetch';"],
      ['simulators-are-never-bundled', 'functions/partners/planted-12.ts', "import './bank.simulator.ts';"],
      [
        'simulators-are-never-bundled',
        'lib/planted-13.ts',
        "import '../functions/partners/bank.simulator.ts';",
      ],
      ['bin-starts-lib', 'bin/planted-14.ts', "import '../functions/partners/bank.ts';"],
      ['no-cycle', 'lib/planted-15.ts', "import './planted-15.ts';"],
      [
        'capabilities-know-core',
        'lib/holdfast/capabilities/with/planted-17.ts',
        "import '../../runtime/records/item.ts';",
      ],
      [
        'capabilities-are-deletable',
        'lib/holdfast/core/planted-18.ts',
        "import '../capabilities/with/index.ts';",
      ],
      ['resolvable', 'lib/planted-16.ts', "import './nowhere.ts';"],
    ];

    let report: string;
    beforeAll(async () => {
      await Promise.all(PLANTED.map(([, file, text]) => copy.write(file, text)));
      report = await cruise();
      await Promise.all(PLANTED.map(([, file]) => copy.write(file, '')));
    });

    test.each(PLANTED)('%s catches a violation planted in %s', (rule, file) => {
      expect(report).toContain(`error ${rule}: ${file}`);
    });
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

  const FAULTS: readonly (readonly [name: string, text: string])[] = [
    ['fetch', "export const a = () => fetch('https://example.com');"],
    ['globalThis', "export const a = () => globalThis['fetch']('https://example.com');"],
    ['XMLHttpRequest', 'export const a = new XMLHttpRequest();'],
    ['WebSocket', "export const a = new WebSocket('wss://example.com');"],
    ['EventSource', "export const a = new EventSource('https://example.com');"],
    ['process', "export const a = process.getBuiltinModule('node:http');"],
    ['Function', "export const a = new Function('return fetch')();"],
  ];

  describe('of its own', () => {
    let report: string;
    beforeAll(async () => {
      await Promise.all(
        FAULTS.map(([name, text]) => copy.write(`functions/partners/planted-${name}.ts`, text)),
      );
      report = await lint();
    });

    test.each(FAULTS)('%s is refused there', (name) => {
      expect(report.split(/^(?=functions\/)/m)).toContainEqual(
        expect.stringMatching(
          new RegExp(
            `^functions/partners/planted-${name}\\.ts:.*Do not use the global variable ${name}\\b`,
            's',
          ),
        ),
      );
    });
  });
});
