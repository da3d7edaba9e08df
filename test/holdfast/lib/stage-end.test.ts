import { randomUUID } from 'node:crypto';
import type { LambdaClient } from '@aws-sdk/client-lambda';
import { GetAccountSettingsCommand } from '@aws-sdk/client-lambda';
import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { accountConcurrency } from '../../../lib/holdfast/cli/account/account-concurrency.ts';
import type { DeployedStack } from '../../../lib/holdfast/cli/account/deployed.ts';
import { endStage, restoreStarters, stopExecutions } from '../../../lib/holdfast/cli/deploy/stage-end.ts';
import type { Access } from '../../../lib/holdfast/local/access/access.ts';
import type { LocalSqs } from '../../../lib/holdfast/local/events/queues.ts';
import { LocalStepFunctions } from '../../../lib/holdfast/local/step-functions/step-functions.ts';
import { stageConfig } from '../../../lib/holdfast/service/config.ts';
import { synthesizeStage } from '../support/templates.ts';

const silent = () => undefined;

const MACHINE = {
  logicalId: 'Machine',
  type: 'AWS::StepFunctions::StateMachine',
  metadata: {},
  properties: {
    StateMachineName: 'holdfast-dev-pay',
    DefinitionString: JSON.stringify({
      StartAt: 'transfer',
      States: {
        transfer: {
          Type: 'Task',
          Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
          Parameters: { QueueUrl: 'http://sqs.local/bank', MessageBody: { 'token.$': '$$.Task.Token' } },
          TimeoutSeconds: 172_800,
          End: true,
        },
      },
    }),
  },
};
const machineArn = 'arn:aws:states:us-east-1:000000000000:stateMachine:holdfast-dev-pay';

const resource = (logicalId: string, type: string, physicalId: string) => ({
  logicalId,
  type,
  physicalId,
  status: 'CREATE_COMPLETE',
});
const fn = (name: string, Properties = {}) => ({
  Type: 'AWS::Lambda::Function',
  Properties,
  Metadata: { holdfast: { name } },
});

/** The service stack, as it is deployed. */
const service: DeployedStack = {
  name: 'holdfast-dev-service',
  status: 'CREATE_COMPLETE',
  template: {
    Resources: {
      Dispatcher: fn('dispatcher'),
      Sweep: fn('sweep', { ReservedConcurrentExecutions: 2 }),
      Operate: fn('operate', { ReservedConcurrentExecutions: 40 }),
      Get: fn('get'),
    },
  },
  resources: [
    resource('Machine', 'AWS::StepFunctions::StateMachine', machineArn),
    resource('Dispatcher', 'AWS::Lambda::Function', 'dispatcher-1'),
    resource('Sweep', 'AWS::Lambda::Function', 'sweep-1'),
    resource('Operate', 'AWS::Lambda::Function', 'operate-1'),
    resource('Get', 'AWS::Lambda::Function', 'get-1'),
  ],
};

let machines: LocalStepFunctions;
let stepFunctions: SFNClient;
beforeAll(async () => {
  const everything = { authorize: () => undefined } as unknown as Access;
  const sqs = { client: { send: async () => ({}) } } as unknown as LocalSqs;
  machines = new LocalStepFunctions({ invoke: async () => 'null', sqs, access: everything });
  machines.update([MACHINE]);
  stepFunctions = new SFNClient({
    endpoint: await machines.listen(),
    region: 'us-east-1',
    credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
  });
});
afterAll(async () => {
  stepFunctions.destroy();
  await machines.close();
});

let happened: string[] = [];
beforeEach(() => {
  happened = [];
});

/** Lambda, as far as a stage's end asks it. */
const lambda = {
  send: async ({ input }: { input: { FunctionName: string; ReservedConcurrentExecutions?: number } }) => {
    happened.push(`${input.FunctionName} ${input.ReservedConcurrentExecutions ?? 'unreserved'}`);
  },
} as unknown as LambdaClient;

const start = () =>
  stepFunctions.send(
    new StartExecutionCommand({ stateMachineArn: machineArn, input: '{}', name: randomUUID() }),
  );

test('A6: executions that wait for a partner are stopped before the stacks are deleted, and nothing starts another', async () => {
  await start();
  await start();

  await endStage(
    { lambda, stepFunctions },
    service,
    async () => {
      happened.push(`deleted with ${await stopExecutions(stepFunctions, [machineArn])} under way`);
    },
    (line) => happened.push(line),
  );

  expect(happened).toEqual([
    'dispatcher-1 0',
    'sweep-1 0',
    'stopped 2 executions, so that their state machines can be deleted',
    'deleted with 0 under way',
  ]);
});

test('A6: what starts executions goes on when the stacks could not be deleted, as its template has it', async () => {
  const failed = endStage(
    { lambda, stepFunctions },
    service,
    async () => {
      throw new Error('cdk destroy ended with code 1');
    },
    silent,
  );

  await expect(failed).rejects.toThrow('cdk destroy ended with code 1');
  expect(happened).toEqual(['dispatcher-1 0', 'sweep-1 0', 'dispatcher-1 unreserved', 'sweep-1 2']);
});

test('B4: what starts executions gets the reservations of its stage back when the stacks could not be deleted', async () => {
  const { templates } = await synthesizeStage('dev', { settings: { reserve: true } });
  const { template = { Resources: {} } } = templates.find(({ name }) => name === service.name) ?? {};
  const resources = Object.entries(template.Resources).map(([logicalId, { Type, Metadata }]) => {
    const { name = logicalId } = (Metadata?.holdfast ?? {}) as { readonly name?: string };
    return resource(logicalId, Type, Type === 'AWS::Lambda::Function' ? name : '');
  });

  const failed = endStage(
    { lambda, stepFunctions },
    { ...service, template, resources },
    async () => {
      throw new Error('cdk destroy ended with code 1');
    },
    silent,
  );

  await expect(failed).rejects.toThrow('cdk destroy ended with code 1');
  expect(happened.toSorted()).toEqual(['dispatcher 0', 'dispatcher 10', 'sweep 0', 'sweep 2']);
});

/** Step Functions, which answers with an error whenever it is asked for executions. */
const unavailable = (answers: readonly (Error | object)[]) => {
  const left = [...answers];
  return Object.assign(Object.create(SFNClient.prototype), {
    send: async () => {
      const answer = left.length > 1 ? left.shift() : left[0];
      if (answer instanceof Error) throw answer;
      return answer;
    },
  });
};

test('A6: what starts executions goes on when those under way could not be stopped', async () => {
  const failed = endStage(
    { lambda, stepFunctions: unavailable([new Error('rate exceeded')]) },
    service,
    async () => {
      happened.push('deleted');
    },
    silent,
  );

  await expect(failed).rejects.toThrow('rate exceeded');
  expect(happened).toEqual(['dispatcher-1 0', 'sweep-1 0', 'dispatcher-1 unreserved', 'sweep-1 2']);
});

test('A6: what starts executions goes on when only some of it could be paused', async () => {
  const paused = {
    send: async (command: Parameters<typeof lambda.send>[0]) => {
      if (happened.length === 1) {
        happened.push('refused');
        throw new Error('not authorized');
      }
      return lambda.send(command);
    },
  } as unknown as LambdaClient;

  const failed = endStage({ lambda: paused, stepFunctions }, service, async () => undefined, silent);

  await expect(failed).rejects.toThrow('not authorized');
  expect(happened).toEqual(['dispatcher-1 0', 'refused', 'dispatcher-1 unreserved', 'sweep-1 2']);
});

test('A6: an error of Step Functions while the stacks are deleted is printed once, and does not end the deletion', async () => {
  const looked = Promise.withResolvers<void>();
  let looks = 0;
  const client = unavailable([{ executions: [] }, new Error('rate exceeded')]);
  const { send } = client;
  client.send = async () => {
    looks += 1;
    if (looks === 4) looked.resolve();
    return send();
  };

  await endStage(
    { lambda, stepFunctions: client },
    service,
    async () => {
      await looked.promise;
      happened.push('deleted');
    },
    (line) => happened.push(line),
    1,
  );

  expect(happened).toEqual([
    'dispatcher-1 0',
    'sweep-1 0',
    'could not stop executions: rate exceeded; looking again until the stacks are deleted',
    'deleted',
  ]);
});

test('A6: the next deployment lets go on what an interrupted destroy has paused', async () => {
  await restoreStarters(lambda, service);

  expect(happened).toEqual(['dispatcher-1 unreserved', 'sweep-1 2']);
});

test('A6: a state machine that is gone has no executions to stop', async () => {
  const gone = machineArn.replace('pay', 'gone');

  await expect(stopExecutions(stepFunctions, [gone])).resolves.toBe(0);
});

/** An account with so many executions at once. */
const accountOf = (answer: () => object) =>
  ({
    config: { region: async () => 'eu-west-1' },
    send: async (command: unknown) => {
      expect(command).toBeInstanceOf(GetAccountSettingsCommand);
      return answer();
    },
  }) as unknown as LambdaClient;

test('B4: an account with ten executions is warned by the code of the quota, and its waits are sized by it', async () => {
  const asked = accountOf(() => ({ AccountLimit: { ConcurrentExecutions: 10 } }));

  const { executions, warning } = await accountConcurrency(asked);

  expect(executions).toBe(10);
  expect(warning).toMatch(
    /^warning: the account may have 10 executions .* in eu-west-1.*--quota-code L-B99A9384/,
  );
  expect(stageConfig('production', {}, { concurrency: 10 }).concurrency).toBe(10);
});

test('B4: an account with a thousand executions hears nothing', async () => {
  const asked = accountOf(() => ({ AccountLimit: { ConcurrentExecutions: 1_000 } }));

  await expect(accountConcurrency(asked)).resolves.toEqual({ executions: 1_000 });
});

test('B4: an account says how many executions no function has for itself', async () => {
  const AccountLimit = { ConcurrentExecutions: 1_000, UnreservedConcurrentExecutions: 938 };

  await expect(accountConcurrency(accountOf(() => ({ AccountLimit })))).resolves.toEqual({
    executions: 1_000,
    unreserved: 938,
  });
});

test('B4: whoever may not ask for the limit is told so, and deploys', async () => {
  const asked = accountOf(() => {
    throw Object.assign(new Error('not authorized'), { name: 'AccessDeniedException' });
  });

  const { executions, warning } = await accountConcurrency(asked);

  expect(executions).toBeUndefined();
  expect(warning).toContain('lambda:GetAccountSettings is not allowed');
});

test('B4: a stage that states its own concurrency keeps it, whatever the account has', () => {
  expect(stageConfig('local', {}, { concurrency: 10 }).concurrency).toBe(80);
});
