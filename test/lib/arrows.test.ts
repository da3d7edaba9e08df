import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Copy, copyRepository } from '../support/copy.ts';

const run = promisify(execFile);

let copy: Copy;
beforeAll(async () => {
  copy = await copyRepository();
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
    ['core-knows-nothing', 'functions/core/planted.ts', "import '../runtime/commit.ts';"],
    ['definitions-know-no-aws', 'functions/core/planted.ts', "import '@aws-sdk/client-dynamodb';"],
    [
      'actions-know-partners-and-core',
      'functions/actions/payouts/planted.ts',
      "import '../../runtime/item.ts';",
    ],
    ['runtime-knows-core', 'functions/runtime/planted.ts', "import '../actions/payouts/approve.ts';"],
    ['runtime-knows-core', 'functions/runtime/planted.ts', "import '../../lib/config.ts';"],
    ['lib-knows-core', 'lib/planted.ts', "import '../functions/runtime/item.ts';"],
    ['client-knows-core', 'lib/client/planted.ts', "import '../config.ts';"],
    ['bin-starts-lib', 'bin/planted.ts', "import '../functions/core/money.ts';"],
    ['no-cycle', 'lib/planted.ts', "import './planted.ts';"],
    ['resolvable', 'lib/planted.ts', "import './nowhere.ts';"],
  ])('%s catches a violation planted in %s', async (rule, file, text) => {
    await copy.write(file, text);

    const report = await cruise();
    await copy.write(file, '');

    expect(report).toContain(`error ${rule}: ${file}`);
  });
});
