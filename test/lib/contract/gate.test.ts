import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { gateChanges } from '../../../lib/contract/gate.ts';
import { type Copy, copyRepository, SET_ASIDE } from '../../support/copy.ts';

const run = promisify(execFile);

let copy: Copy;
beforeAll(async () => {
  copy = await copyRepository();
});
afterAll(() => copy?.remove());

/** `npm run contract` in the copy. */
const contract = (...args: string[]) =>
  run('node', ['--no-warnings', 'bin/contract.ts', ...args], { cwd: copy.root }).then(
    ({ stdout }) => ({ code: 0, stdout }),
    ({ code, stdout }: { code: number; stdout: string }) => ({ code, stdout }),
  );

const CREATE = 'functions/actions/payouts/create.ts';

describe('npm run contract', () => {
  test('passes what is committed, and an action that is new, which --accept records', async () => {
    const before = await contract();
    await copy.write('functions/actions/payouts/set-aside.ts', SET_ASIDE);
    const added = await contract();
    const accepted = await contract('--accept');
    const after = await contract();

    expect(before).toEqual({ code: 0, stdout: 'the contract is what clients were promised\n' });
    expect(added.code).toBe(0);
    expect(added.stdout).toContain('POST /payouts/{payoutId}/set-aside: it is new');
    expect(added.stdout).not.toContain('BREAKING');
    expect([accepted.code, after]).toEqual([0, before]);
  });

  test('fails what breaks clients, in each version that has it, until every change is named', async () => {
    await copy.edit(
      CREATE,
      'money, beneficiary, reference }',
      'money, beneficiary, reference: text({ max: 70 }) }',
    );
    await copy.edit(CREATE, "money.ts';", "money.ts';\nimport { text } from '../../core/text.ts';");
    const names = ['2026-05-01', '2026-11-01'].map(
      (version) => `${version} request /reference: maxLength was 140, and is 70`,
    );
    const accepting = names.flatMap((name) => ['--accept-breaking', name]);

    const refused = await contract('--accept');
    const half = await contract(...accepting.slice(0, 2));
    const stranger = await contract(...accepting, '--accept-breaking', 'x');
    const accepted = await contract(...accepting);
    const after = await contract();

    expect(refused.stdout).toContain(
      `BREAKING  ${names[1]}\n            a client of POST /payouts that sends /reference as before is refused: maxLength was 140, and is 70`,
    );
    expect([refused, half, stranger, accepted, after].map(({ code }) => code)).toEqual([1, 1, 1, 0, 0]);
  });
});

describe('what clients were promised', () => {
  const documents = (...versions: string[]) =>
    new Map(versions.map((version) => [version, { info: { version, 'x-sunset': '2027-11-01' }, paths: {} }]));
  const promised = { documents: documents('2026-05-01'), defaults: { dev: '2026-05-01' } };

  test('holds until a version has ended', () => {
    const none = { documents: documents(), defaults: promised.defaults };

    expect(gateChanges(promised, none, '2027-10-31')).toMatchObject([
      { breaking: true, sentence: 'a client of version 2026-05-01 is refused everything: it is gone' },
    ]);
    expect(gateChanges(promised, none, '2027-11-01')).toMatchObject([{ breaking: false }]);
  });

  test('holds for those who name no version', () => {
    const moved = { ...promised, defaults: { dev: '2026-11-01', test: '2026-11-01' } };

    expect(gateChanges(promised, moved, '2026-11-25')).toMatchObject([
      {
        breaking: true,
        sentence:
          'a client of stage dev that names no version is spoken to in 2026-11-01, and was in 2026-05-01',
      },
      { breaking: false },
    ]);
  });
});
