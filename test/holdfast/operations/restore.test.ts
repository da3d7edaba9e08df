import { DeleteItemCommand, type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { localClient } from '../../../lib/holdfast/local/dynamodb/dynamodb.ts';
import type { Answer } from '../support/client.ts';
import { RECORDS, writeRaw } from '../support/items.ts';
import { isOver, startWorkflow, type Workflow } from '../support/operations.ts';
import { type ProxiedTable, startProxiedTable } from '../support/proxied-table.ts';

let table: ProxiedTable;
let client: DynamoDBClient;
let workflow: Workflow;
beforeAll(async () => {
  table = await startProxiedTable();
  client = localClient(table.emulator);
  workflow = await startWorkflow({
    dynamodb: table.emulator,
    functions: { POWERTOOLS_LOG_LEVEL: 'SILENT' },
  });
});
afterAll(async () => {
  await workflow?.close();
  client?.destroy();
  await table?.close();
});

const keyOf = (type: string, of: Answer) => ({ pk: { S: `${type}#acme#${of.json.id}` } });

describe('money leaves once', () => {
  test('when the tables were restored to before it had, and the payout is disbursed again', async () => {
    const payout = await workflow.approved();
    const { Item: before } = await client.send(
      new GetItemCommand({ TableName: RECORDS, Key: keyOf('payouts', payout) }),
    );
    const first = await workflow.disburse(payout);
    await workflow.until(first, isOver);
    const [{ reference } = { reference: '' }] = await workflow.ledger('bank', payout);
    await writeRaw(client, before ?? {});
    await client.send(new DeleteItemCommand({ TableName: RECORDS, Key: keyOf('operations', first) }));

    const again = await workflow.until(await workflow.disburse(payout), isOver);

    expect(again.json).toMatchObject({ state: 'succeeded', result: { bookingId: `b-${reference}` } });
    expect(again.json.id).not.toBe(first.json.id);
    expect(await workflow.ledger('bank', payout)).toMatchObject([{ reference, asked: 2, done: 1 }]);
  });
});
