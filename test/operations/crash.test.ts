import { DeleteItemCommand, type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { localClient } from '../../lib/local/dynamodb.ts';
import type { Answer } from '../support/client.ts';
import type { Call, Fate } from '../support/dynamodb-proxy.ts';
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
    dynamodb: table.proxy.url,
    functions: { POWERTOOLS_LOG_LEVEL: 'SILENT' },
  });
}, 120_000);
afterAll(async () => {
  await workflow?.close();
  client?.destroy();
  await table?.close();
});
afterEach(() => {
  table.proxy.fate = () => 'pass';
});

/** Gives the first call that matches its own fate. */
function first(matches: (call: Call, text: string) => boolean, fate: Fate) {
  let seen = false;
  table.proxy.fate = (call) => {
    if (seen || !matches(call, JSON.stringify(call.input))) return 'pass';
    seen = true;
    return fate;
  };
  return () => seen;
}

const crash: Fate = { refuse: 'ValidationException' };

const keyOf = (type: string, of: Answer) => ({ pk: { S: `${type}#acme#${of.json.id}` } });

const isWrite = ({ operation }: Call) => operation === 'UpdateItem';

describe('money leaves once', () => {
  test.each([
    [
      'the consumer dies after the bank has paid, and before it has said so',
      (call: Call, text: string) =>
        isWrite(call) && text.includes('partners#bank') && text.includes('failures'),
      crash,
    ],
    [
      'the consumer dies before it has claimed the transfer',
      (call: Call, text: string) => isWrite(call) && text.includes('"claim"') && text.includes('"transfer"'),
      crash,
    ],
    [
      'the answer to the claim of the transfer is lost',
      (call: Call, text: string) => isWrite(call) && text.includes('"claim"') && text.includes('"transfer"'),
      'lose-answer' as const,
    ],
    [
      'the step function dies when the transfer is reported',
      (call: Call, text: string) => call.operation === 'TransactWriteItems' && text.includes('"paid"'),
      crash,
    ],
    [
      'the answer to the end is lost',
      (call: Call, text: string) => call.operation === 'TransactWriteItems' && text.includes('"paid"'),
      'lose-answer' as const,
    ],
    [
      'the callback is stored, and what takes it in dies',
      (call: Call, text: string) => isWrite(call) && text.includes('"callback"'),
      crash,
    ],
    [
      'the reference is not written before screening is called',
      (call: Call, text: string) =>
        isWrite(call) && text.includes('references#screening') && text.includes('expiration'),
      crash,
    ],
  ])(
    'when %s',
    async (_, matches, fate) => {
      const payout = await workflow.approved();
      const happened = first(matches, fate);

      const ended = await workflow.until(await workflow.disburse(payout), isOver);

      expect(happened()).toBe(true);
      expect(ended.json.state).toBe('succeeded');
      expect((await workflow.alice.get(`/payouts/${payout.json.id}`)).json).toMatchObject({
        state: 'paid',
        version: 5,
      });
      expect(await workflow.ledger('bank', payout)).toMatchObject([{ asked: 1, done: 1 }]);
    },
    120_000,
  );

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
  }, 60_000);
});
