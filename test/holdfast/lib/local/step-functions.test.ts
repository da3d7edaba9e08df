import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import {
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Access } from '../../../../lib/holdfast/local/access/access.ts';
import { startSqs } from '../../../../lib/holdfast/local/events/queues.ts';
import { LocalStepFunctions } from '../../../../lib/holdfast/local/step-functions/step-functions.ts';
import { eventually } from '../../support/eventually.ts';

const ARN = 'arn:aws:states:us-east-1:000000000000';

/** A task that hands its token to a function, and waits so long for an answer, as long as heartbeats come. */
const definition = (times: object) => ({
  StartAt: 'ask',
  States: {
    ask: {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
      Parameters: {
        FunctionName: 'arn:aws:lambda:us-east-1:000000000000:function:asked',
        Payload: { 'token.$': '$$.Task.Token', 'execution.$': '$$.Execution.Id' },
      },
      ...times,
      End: true,
    },
  },
});

/** By the execution's ARN. */
const tokens = new Map<string, string>();
let sqs: Awaited<ReturnType<typeof startSqs>>;
let stepFunctions: LocalStepFunctions;
let client: SFNClient;
beforeAll(async () => {
  sqs = await startSqs();
  stepFunctions = new LocalStepFunctions({
    sqs,
    access: { authorize: () => undefined } as unknown as Access,
    async invoke(_, event) {
      const { execution, token } = JSON.parse(event);
      tokens.set(execution, token);
      return 'null';
    },
  });
  const machine = (StateMachineName: string, times: object) => ({
    logicalId: StateMachineName,
    type: 'AWS::StepFunctions::StateMachine',
    properties: { StateMachineName, DefinitionString: JSON.stringify(definition(times)) },
    metadata: {},
  });
  stepFunctions.update([
    machine('beats', { HeartbeatSeconds: 2, TimeoutSeconds: 600 }),
    machine('beats-by-path', { HeartbeatSecondsPath: '$.seconds', TimeoutSeconds: 600 }),
    machine('hurries', { TimeoutSeconds: 1 }),
  ]);
  client = new SFNClient({
    endpoint: await stepFunctions.listen(),
    region: 'us-east-1',
    credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
  });
});
afterAll(async () => {
  client.destroy();
  await stepFunctions.close();
  await sqs.close();
});

/** Starts an execution, and gives its ARN and the token that its task waits with. */
async function start(machine: string): Promise<{ executionArn: string; taskToken: string }> {
  const command = new StartExecutionCommand({
    stateMachineArn: `${ARN}:stateMachine:${machine}`,
    name: randomUUID(),
    input: '{"seconds":2}',
  });
  const { executionArn = '' } = await client.send(command);
  const taskToken = await eventually(
    'the token of the task',
    () => tokens.get(executionArn) ?? '',
    (token) => token !== '',
    { everyMs: 1 },
  );
  return { executionArn, taskToken };
}

const describeExecution = (executionArn: string) =>
  client.send(new DescribeExecutionCommand({ executionArn }));

const ended = (executionArn: string) =>
  eventually(
    `${executionArn} to end`,
    () => describeExecution(executionArn),
    ({ status }) => status !== 'RUNNING',
  );

const nameOf = ({ name }: Error) => name;

describe('a task that waits with a token', () => {
  test('lives as long as heartbeats come, and no longer', async () => {
    const live = async (machine: string): Promise<object> => {
      const { executionArn, taskToken } = await start(machine);
      const beat = () => client.send(new SendTaskHeartbeatCommand({ taskToken })).catch(nameOf);
      let last = Date.now();
      let longestPause = 0;
      for (const until = last + 3_500; Date.now() < until; await delay(200)) {
        await beat();
        longestPause = Math.max(longestPause, Date.now() - last);
        last = Date.now();
      }
      const { status } = await describeExecution(executionArn);
      const { error } = await ended(executionArn);
      // On a machine that stood still so long, the heart did not beat.
      if (longestPause > 1_500) return live(machine);
      return { status, error, late: await beat() };
    };

    const lives = await Promise.all([live('beats'), live('beats-by-path')]);

    const lived = { status: 'RUNNING', error: 'States.HeartbeatTimeout', late: 'TaskTimedOut' };
    expect(lives).toEqual([lived, lived]);
  });

  test('is answered once, and its execution tells what went in and what came out', async () => {
    const { executionArn, taskToken } = await start('beats');
    const answer = () =>
      client.send(new SendTaskSuccessCommand({ taskToken, output: '{"found":true}' })).catch(nameOf);

    await answer();
    const { status, output } = await ended(executionArn);
    const again = await answer();
    const { events = [] } = await client.send(new GetExecutionHistoryCommand({ executionArn }));

    expect({ status, output, again }).toEqual({
      status: 'SUCCEEDED',
      output: '{"found":true}',
      again: 'TaskTimedOut',
    });
    expect(events).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          type: 'TaskStateEntered',
          stateEnteredEventDetails: { name: 'ask', input: '{"seconds":2}' },
        }),
        expect.objectContaining({
          type: 'TaskStateExited',
          stateExitedEventDetails: { name: 'ask', output: '{"found":true}' },
        }),
      ]),
    );
  });

  test('is over when its time is up, and so is its token', async () => {
    const { executionArn, taskToken } = await start('hurries');

    const { error } = await ended(executionArn);
    const late = await client.send(new SendTaskSuccessCommand({ taskToken, output: '{}' })).catch(nameOf);

    expect(error).toBe('States.Timeout');
    expect(late).toBe('TaskTimedOut');
  });

  test('ends with its execution: its token is gone, and no timer of it keeps the process alive', async () => {
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    const before = timers();
    const { executionArn, taskToken } = await start('beats');

    await client.send(new StopExecutionCommand({ executionArn }));
    const { status } = await ended(executionArn);
    const late = await client.send(new SendTaskHeartbeatCommand({ taskToken })).catch(nameOf);

    expect({ status, late }).toEqual({ status: 'ABORTED', late: 'TaskTimedOut' });
    await eventually('the timers of the task to be gone', timers, (count) => count <= before);
  });
});
