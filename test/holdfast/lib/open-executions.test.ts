import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { commandNames } from '../../../lib/holdfast/cdk/operations/operation-workflow.ts';
import type { DeployedStack } from '../../../lib/holdfast/cli/account/deployed.ts';
import { type ExecutionFacts, stepsStillNeeded } from '../../../lib/holdfast/cli/account/open-executions.ts';
import type { Operation } from '../../../lib/holdfast/core/definitions/define-operation.ts';
import type { Access } from '../../../lib/holdfast/local/access/access.ts';
import type { LocalSqs } from '../../../lib/holdfast/local/events/queues.ts';
import { LocalStepFunctions } from '../../../lib/holdfast/local/step-functions/step-functions.ts';

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
/** The same operation of a stage whose name begins with that of the first. */
const ofOtherStage = {
  ...deployed,
  logicalId: 'OtherMachine',
  properties: { ...deployed.properties, StateMachineName: 'holdfast-dev-2-pay' },
};
const machineArn = 'arn:aws:states:us-east-1:000000000000:stateMachine:holdfast-dev-pay';

/** The service stack as it is deployed. */
const serviceStack: DeployedStack = {
  name: 'holdfast-dev-service',
  status: 'UPDATE_COMPLETE',
  template: { Resources: {} },
  resources: [
    {
      logicalId: 'Machine',
      physicalId: machineArn,
      type: 'AWS::StepFunctions::StateMachine',
      status: 'CREATE_COMPLETE',
    },
  ],
};

/** What a release is made of, as far as it matters here. */
const operation = (name: string, ...steps: string[]) =>
  ({ name, steps: steps.map((step) => ({ name: step })) }) as unknown as Operation;

let service: LocalStepFunctions;
let client: SFNClient;

/** Why a release of a stage may not come, over the stack that is deployed. */
const reasonsOf = (
  operations: readonly Operation[],
  { stage = 'dev', deployed: stacks = [serviceStack] }: Partial<ExecutionFacts> = {},
) => stepsStillNeeded(client, { stage, operations, deployed: stacks });

const start = (stateMachineArn = machineArn) =>
  client.send(new StartExecutionCommand({ stateMachineArn, name: 'op-1', input: '{}' }));

beforeAll(async () => {
  const everything = { authorize: () => undefined } as unknown as Access;
  const sqs = { client: { send: async () => ({}) } } as unknown as LocalSqs;
  service = new LocalStepFunctions({ invoke: async () => 'null', sqs, access: everything });
  service.update([deployed, ofOtherStage]);
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
  const reasons = await reasonsOf([operation('pay', 'screen')]);

  expect(reasons).toEqual([]);
});

test.each([
  ['takes a step away', [operation('pay', 'screen')], 'transfer'],
  ['takes the operation away', [], 'screen, transfer'],
])('a release that %s is refused while an execution may still come to it', async (_, operations, gone) => {
  await start();

  const reasons = await reasonsOf(operations);

  expect(reasons).toEqual([
    expect.stringMatching(
      `^1 executions of holdfast-dev-pay run, .* come to: ${gone}; leave it in for this release`,
    ),
  ]);
});

test('a release that keeps every step may come, whatever runs; so may one of another stage', async () => {
  await start();

  const reasons = await Promise.all([
    reasonsOf([operation('pay', 'screen', 'transfer', 'notify')]),
    reasonsOf([], { stage: 'staging', deployed: [] }),
  ]);

  expect(reasons).toEqual([[], []]);
});

test('a stage is not held by executions of a stage whose name begins with its own', async () => {
  await start(machineArn.replace('dev-pay', 'dev-2-pay'));

  const reasons = await reasonsOf([], { deployed: [] });

  expect(reasons).toEqual([]);
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
