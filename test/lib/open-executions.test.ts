import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Operation } from '../../functions/core/define-operation.ts';
import { commandNames } from '../../lib/constructs/operation-workflow.ts';
import type { Access } from '../../lib/local/access.ts';
import type { LocalSqs } from '../../lib/local/queues.ts';
import { LocalStepFunctions } from '../../lib/local/step-functions.ts';
import { stepsStillNeeded } from '../../lib/tools/open-executions.ts';

/** A state machine as it was deployed: it waits for a partner. */
const command = (next: object) => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
  Parameters: { QueueUrl: 'http://sqs.local/bank', MessageBody: { 'token.$': '$$.Task.Token' } },
  TimeoutSeconds: 5,
  ...next,
});
const deployed = {
  logicalId: 'Machine',
  type: 'AWS::StepFunctions::StateMachine',
  metadata: {},
  properties: {
    StateMachineName: 'holdfast-dev-pay',
    DefinitionString: JSON.stringify({
      StartAt: 'screen',
      States: { screen: command({ Next: 'transfer' }), transfer: command({ End: true }) },
    }),
  },
};
const machineArn = 'arn:aws:states:us-east-1:000000000000:stateMachine:holdfast-dev-pay';

/** What a release is made of, as far as it matters here. */
const operation = (name: string, ...steps: string[]) =>
  ({ name, steps: steps.map((step) => ({ name: step })) }) as unknown as Operation;

let service: LocalStepFunctions;
let client: SFNClient;
beforeAll(async () => {
  const everything = { authorize: () => undefined } as unknown as Access;
  const sqs = { client: { send: async () => ({}) } } as unknown as LocalSqs;
  service = new LocalStepFunctions({ invoke: async () => 'null', sqs, access: everything });
  service.update([deployed]);
  const endpoint = await service.listen();
  client = new SFNClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
  });
});
afterAll(async () => {
  client.destroy();
  await service.close();
});

test('a release may take a step away while nothing runs', async () => {
  const reasons = await stepsStillNeeded(client, 'dev', [operation('pay', 'screen')]);

  expect(reasons).toEqual([]);
});

test.each([
  ['takes a step away', [operation('pay', 'screen')], 'transfer'],
  ['takes the operation away', [], 'screen, transfer'],
])('a release that %s is refused while an execution may still come to it', async (_, operations, gone) => {
  await client.send(new StartExecutionCommand({ stateMachineArn: machineArn, name: 'op-1', input: '{}' }));

  const reasons = await stepsStillNeeded(client, 'dev', operations);

  expect(reasons).toEqual([
    expect.stringMatching(
      `^1 executions of holdfast-dev-pay run, .* come to: ${gone}; leave it in for this release`,
    ),
  ]);
});

test('a release that keeps every step may come, whatever runs; so may one of another stage', async () => {
  await client.send(new StartExecutionCommand({ stateMachineArn: machineArn, name: 'op-1', input: '{}' }));

  const reasons = await Promise.all([
    stepsStillNeeded(client, 'dev', [operation('pay', 'screen', 'transfer', 'notify')]),
    stepsStillNeeded(client, 'staging', []),
  ]);

  expect(reasons).toEqual([[], []]);
});

test.each([
  [
    ['screen', 'screen: release'],
    ['screen', 'screen: release'],
  ],
  [
    ['step: screen', 'step: screen: release'],
    ['screen', 'screen: release'],
  ],
  [
    ['step', 'step: release'],
    ['step', 'step: release'],
  ],
])('B2: the commands of the states %j are %j, whichever release has named them', (states, commands) => {
  expect(commandNames(states)).toEqual(commands);
});
