import {
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  SFNClient,
} from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { byHand } from '../support/by-hand.ts';
import { twoDaysLater } from '../support/clock.ts';
import { eventually } from '../support/eventually.ts';
import { type Plane, progressOf, startPlane } from '../support/plane.ts';

let plane: Plane;
let hand: ReturnType<typeof byHand>;
let client: SFNClient;
beforeAll(async () => {
  plane = await startPlane({ POWERTOOLS_LOG_LEVEL: 'SILENT' });
  hand = byHand(plane);
  plane.consume();
  // It calls back when a test does.
  await plane.faults('screening', { neverCallback: 1 });
  const endpoint = process.env.AWS_ENDPOINT_URL_SFN ?? '';
  client = new SFNClient({ endpoint });
});
afterAll(async () => {
  client?.destroy();
  await plane?.close();
});
beforeEach(() => plane.stepFunctions.update(plane.machines));

/** Executions of an operation. */
async function executionsOf(operation: string) {
  const { 'disburse-payout': stateMachineArn } = JSON.parse(process.env.STATE_MACHINES ?? '{}');
  const { executions = [] } = await client.send(new ListExecutionsCommand({ stateMachineArn }));
  const id = operation.split('#').at(-1) ?? '-';
  return executions.filter(({ name }) => name?.startsWith(id));
}

/** The stream's event of an operation that has been accepted. */
const accepted = async (operation: string) => ({
  Records: [
    { eventName: 'INSERT', dynamodb: { SequenceNumber: '1', NewImage: await plane.read(operation) } },
  ],
});

async function until(operation: string, is: (progress: ReturnType<typeof progressOf>) => boolean) {
  const read = async () => progressOf(await plane.read(operation));
  return eventually(`operation ${operation} to be as asked for`, read, is);
}

/** Calls back when the case has been taken on, and waits for the end. */
async function carriedOut(operation: string, payout: string) {
  await until(operation, ({ command }) => command.status === 'sent' && command.notBefore > 0);
  await hand.callBack(`${payout}-a1`);
  return until(operation, ({ state }) => state === 'succeeded');
}

const transfersOf = async (payout: string) =>
  (await plane.ledger()).filter(
    ({ partner, reference }) => partner === 'bank' && reference.startsWith(payout),
  );

async function ended(operation: string): Promise<string> {
  return eventually(
    `the execution of ${operation} to end`,
    async () => {
      const [execution] = await executionsOf(operation);
      const { executionArn = '' } = execution ?? {};
      const { status = '' } = await client.send(new DescribeExecutionCommand({ executionArn }));
      return status;
    },
    (status) => status !== 'RUNNING',
  );
}

/** Changes the state machine for what starts from now on. */
const machine = (change: (definition: object) => object) =>
  plane.stepFunctions.update(
    plane.machines.map((resource) => ({
      ...resource,
      properties: {
        ...resource.properties,
        DefinitionString: JSON.stringify(change(JSON.parse(String(resource.properties.DefinitionString)))),
      },
    })),
  );

describe('an operation is started', () => {
  test('once, when the dispatcher is handed one event of the stream three times', async () => {
    const payout = await plane.approved();
    const operation = await plane.disburse(payout);
    const event = await accepted(operation);

    const answers = [await plane.call('dispatcher', event), await plane.call('dispatcher', event)];
    await carriedOut(operation, payout);
    answers.push(await plane.call('dispatcher', event));

    expect(answers).toEqual(Array(3).fill({ batchItemFailures: [] }));
    expect(await executionsOf(operation)).toHaveLength(1);
    expect(await transfersOf(payout)).toMatchObject([{ asked: 1, done: 1 }]);
  });

  test('by the sweep, once, when the dispatcher never was', async () => {
    const payout = await plane.approved();
    const operation = await plane.disburse(payout);

    const before = await executionsOf(operation);
    await twoDaysLater(() => plane.call('sweep', {}));
    await twoDaysLater(() => plane.call('sweep', {}));
    await carriedOut(operation, payout);

    expect(before).toEqual([]);
    expect(await executionsOf(operation)).toHaveLength(1);
    expect(await transfersOf(payout)).toMatchObject([{ asked: 1, done: 1 }]);
  });
});

describe('an operation needs attention within one sweep', () => {
  test.each([
    [
      'whose execution has run out of time',
      // With no function under way, which would go on after its execution.
      () => ({
        StartAt: 'wait',
        States: { wait: { Type: 'Wait', Seconds: 60, End: true } },
        TimeoutSeconds: 1,
      }),
      'TIMED_OUT',
    ],
    [
      'whose execution could not take its first step',
      () => ({ StartAt: 'broken', States: { broken: { Type: 'Fail', Error: 'Broken' } } }),
      'FAILED',
    ],
  ])('%s', async (_, change, status) => {
    const payout = await plane.approved();
    const operation = await plane.disburse(payout);
    machine(change);
    await plane.call('dispatcher', await accepted(operation));

    const execution = await ended(operation);
    await twoDaysLater(() => plane.call('sweep', {}));

    expect(execution).toBe(status);
    expect(progressOf(await plane.read(operation))).toMatchObject({
      state: 'needs-attention',
      reason: 'its execution ended before the operation did',
    });
    expect(await transfersOf(payout)).toEqual([]);
  });
});

describe('what travels through the state machine', () => {
  test('is below 4 KB at every state, whatever the size of the payout', async () => {
    const payout = await plane.approved();
    const item = (await plane.read(`payouts#acme#${payout}`)) ?? {};
    const data = { ...item.data?.M, reference: { S: 'x'.repeat(200_000) } };
    await plane.write({ ...item, data: { M: data } });
    const operation = await plane.disburse(payout);
    await plane.call('dispatcher', await accepted(operation));
    await carriedOut(operation, payout);
    await ended(operation);

    const [{ executionArn = '' } = {}] = await executionsOf(operation);
    const { events = [] } = await client.send(new GetExecutionHistoryCommand({ executionArn }));
    const travelled = events.flatMap(
      ({ stateEnteredEventDetails: entered, stateExitedEventDetails: exited }) => [
        ...(entered?.input === undefined ? [] : [entered.input]),
        ...(exited?.output === undefined ? [] : [exited.output]),
      ],
    );

    expect(travelled.length).toBeGreaterThan(20);
    expect(travelled.filter((text) => Buffer.byteLength(text) >= 4_096)).toEqual([]);
    expect(await transfersOf(payout)).toMatchObject([{ asked: 1, done: 1 }]);
  });
});
