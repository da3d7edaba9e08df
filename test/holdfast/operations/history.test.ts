import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Answer } from '../support/client.ts';
import { eventually } from '../support/eventually.ts';
import { isOver, startWorkflow, type Workflow } from '../support/operations.ts';
import { type ProxiedTable, startProxiedTable } from '../support/proxied-table.ts';

let table: ProxiedTable;
let workflow: Workflow;
beforeAll(async () => {
  table = await startProxiedTable();
  workflow = await startWorkflow({
    dynamodb: table.proxy.url,
    functions: { POWERTOOLS_LOG_LEVEL: 'SILENT' },
    async edit(copy) {
      await copy.edit('lib/holdfast/cdk/tables/table-stream.ts', 'RETRIES = 10', 'RETRIES = 1');
      await copy.edit(
        'lib/holdfast/cdk/tables/history-plane.ts',
        'Duration.minutes(REFILL_EVERY_MINUTES)',
        'Duration.seconds(1)',
      );
    },
  });
});
afterAll(async () => {
  await workflow?.close();
  await table?.close();
});

interface Entry {
  readonly action: string;
  readonly to: string;
  readonly version: number;
}

const historyOf = (payout: Answer) => workflow.alice.get(`/payouts/${payout.json.id}/history`);

const completeTo = (version: number, payout: Answer) =>
  eventually(
    `the history to be complete to version ${version}`,
    () => historyOf(payout),
    ({ json }) => json.completeToVersion === version,
  );

const versions = ({ json }: Answer) => (json.items as Entry[]).map(({ version, to }) => `${version} ${to}`);

describe('a version that could not be written into the history', () => {
  test('is missed, while the newest is told by the resource itself, and is written from the stream in the end', async () => {
    table.proxy.fate = ({ operation, input }) =>
      operation === 'PutItem' && input.TableName === 'HistoryTable'
        ? { refuse: 'ValidationException' }
        : 'pass';
    const payout = await workflow.approved();
    await workflow.service.line(/stream records were set aside/);

    const lost = await historyOf(payout);
    table.proxy.fate = () => 'pass';
    const filled = await completeTo(3, payout);

    expect(versions(lost)).toEqual(['3 approved']);
    expect(lost.json).toMatchObject({ completeToVersion: 0, currentVersion: 3 });
    expect(versions(filled)).toEqual(['1 draft', '2 submitted', '3 approved']);
  });

  test('of an operation is missed and written as well', async () => {
    const payout = await workflow.approved();
    let refused = 0;
    table.proxy.fate = ({ operation, input }) => {
      const claim = JSON.stringify(input).includes('"claim"') && JSON.stringify(input).includes('"transfer"');
      if (operation !== 'PutItem' || input.TableName !== 'HistoryTable' || !claim || refused > 3)
        return 'pass';
      refused++;
      return { refuse: 'ValidationException' };
    };

    await workflow.until(await workflow.disburse(payout), isOver);
    const told = await completeTo(5, payout);

    expect(refused).toBe(4);
    expect(versions(told).at(-1)).toBe('5 paid');
    expect((told.json.items as Entry[]).filter(({ action }) => action === 'claim')).toHaveLength(2);
  });
});
