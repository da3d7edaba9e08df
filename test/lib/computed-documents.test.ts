import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { READ_SHARDS, WRITTEN_SHARDS } from '../../functions/core/due-lists.ts';
import { ROOT } from '../../lib/root.ts';
import { computedTables, withTable } from '../bench/documents.ts';
import { limitsOf } from '../bench/limits.ts';
import { goldens } from '../support/golden.ts';
import { synthesizeStage } from '../support/templates.ts';

test.each(await computedTables())(
  '$path shows the table $name as it is; npm run bench -- limits writes it',
  async (table) => {
    const document = await readFile(join(ROOT, table.path), 'utf8');

    expect(document).toContain(`<!-- ${table.name}: `);
    expect(withTable(document, table)).toBe(document);
  },
);

describe('B9: how many disbursements a stage takes a second', () => {
  test('grows with the partitions of what is due that are written, and is bounded by the tenant before the stage at eight', async () => {
    const { state } = await synthesizeStage('production');
    const [[, golden] = []] = await goldens();
    const stored = (prefix: string) =>
      golden?.tables.RecordsTable.find(({ pk }) => pk?.S?.startsWith(prefix)) ?? {};

    const limits = limitsOf(state.RecordsTable?.Properties ?? {}, {
      payout: stored('payouts#'),
      operation: stored('operations#'),
    });
    const [tenant = 0, now = 0, then = 0] = limits
      .filter(({ of }) => of.startsWith('disbursements'))
      .map(({ perSecond }) => perSecond);

    expect(then / now).toBeCloseTo(READ_SHARDS / WRITTEN_SHARDS, 0);
    expect(then).toBeGreaterThan(tenant);
  });
});
