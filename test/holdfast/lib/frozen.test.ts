import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { FROZEN_FILE, type Frozen, readFrozen } from '../../../lib/holdfast/cdk/templates/frozen.ts';
import { refusals } from '../../../lib/holdfast/cdk/templates/frozen-refusals.ts';
import { frozenPartOf } from '../../../lib/holdfast/cli/record/freeze.ts';
import { copyRepository } from '../support/copy.ts';

const run = promisify(execFile);

let now: Frozen;
beforeAll(async () => {
  now = await frozenPartOf('production');
});

/** The templates, changed by hand. */
const changed = (change: (part: Mutable) => void): Frozen => {
  const copy = structuredClone(now) as unknown as Mutable;
  change(copy);
  return copy;
};

interface Mutable {
  nests: Record<string, number>;
  tables: Record<string, { key: string; indexes: Record<string, string> }>;
  others: Record<string, string>;
  outputs: string[];
}

const rename = <T>(record: Record<string, T>, from: string, to: string) => {
  record[to] = record[from] as T;
  delete record[from];
};

const POOL = 'IdentityPool9E5AED46';

test('the CDK app itself ends with the reasons, so that no CLI deploys what is refused', async () => {
  const copy = await copyRepository();
  try {
    await copy.edit(
      'lib/holdfast/cdk/tables/records-table.ts',
      "fixLogicalId(this.table, 'HistoryTable')",
      "fixLogicalId(this.table, 'History')",
    );

    const refused = await run('node', ['--no-warnings', 'bin/app.ts'], { cwd: copy.root }).catch(
      (error: unknown) => error,
    );

    expect(refused).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/table HistoryTable is gone .*records-table\.ts/),
    });
  } finally {
    await copy.remove();
  }
});

test('the CDK app of a project that has recorded nothing is not deployed, and names what records it', async () => {
  const copy = await copyRepository();
  try {
    await rm(join(copy.root, FROZEN_FILE));

    const refused = await run('node', ['--no-warnings', 'bin/app.ts'], { cwd: copy.root }).catch(
      (error: unknown) => error,
    );

    expect(refused).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^lib\/recorded\/frozen\.json is missing.*npm run record writes it/),
    });
  } finally {
    await copy.remove();
  }
});

describe('what is recorded as deployed', () => {
  test('may be followed by the templates as they are', () => {
    expect(refusals(readFrozen(), now)).toEqual([]);
  });

  test.each<[string, (part: Mutable) => void, RegExp]>([
    [
      'a changed key',
      ({ tables: { RecordsTable } }) => {
        (RecordsTable as { key: string }).key = 'id S HASH';
      },
      /^the key of table RecordsTable was 'pk S HASH' and would be 'id S HASH', .*copy into a table of another name$/,
    ],
    [
      'a renamed table',
      ({ tables }) => rename(tables, 'HistoryTable', 'History'),
      /^table HistoryTable is gone .*records-table\.ts\)$/,
    ],
    [
      'a renamed user pool',
      ({ others }) => rename(others, POOL, 'Pool'),
      /would be replaced by Pool, .* give the construct its old id back$/,
    ],
    [
      'a removed output',
      ({ outputs }) => outputs.splice(outputs.indexOf('ApiUrl'), 1),
      /^output ApiUrl is gone.*keep it/,
    ],
    [
      'an index that has changed',
      ({ tables: { RecordsTable } }) => Object.assign(RecordsTable?.indexes ?? {}, { 'by-due': 'x' }),
      /^index by-due of table RecordsTable changed, and DynamoDB cannot change an index in place; add one of another name/,
    ],
    [
      'two index changes at once',
      ({ tables: { RecordsTable } }) => rename(RecordsTable?.indexes ?? {}, 'by-due', 'by-date'),
      /^2 indexes of table RecordsTable .*\(by-due, by-date\).*take one alone, record and commit it, then the next/,
    ],
    [
      'a function that moves',
      ({ nests }) => Object.assign(nests, { 'payouts-approve': 2 }),
      /^function payouts-approve would move .*set it back to 1/,
    ],
  ])('refuses %s, with the remedy', (_, change, reason) => {
    const reasons = refusals(now, changed(change));

    expect(reasons).toEqual([expect.stringMatching(reason)]);
  });

  test.each<[string, (part: Mutable) => void]>([
    ['a new table', ({ tables }) => Object.assign(tables, { More: { key: 'pk S HASH', indexes: {} } })],
    ['a new secret', ({ others }) => Object.assign(others, { More: 'AWS::SecretsManager::Secret' })],
    ['a new function', ({ nests }) => Object.assign(nests, { 'payouts-set-aside': 1 })],
    [
      'one new index',
      ({ tables: { RecordsTable } }) => Object.assign(RecordsTable?.indexes ?? {}, { more: 'x' }),
    ],
    ['one index less', ({ tables: { RecordsTable } }) => delete RecordsTable?.indexes['by-due']],
    ['a removed function', ({ nests }) => delete nests['payouts-approve']],
  ])('lets %s come', (_, change) => {
    expect(refusals(now, changed(change))).toEqual([]);
  });
});
