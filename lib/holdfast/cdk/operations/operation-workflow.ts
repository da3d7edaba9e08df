import { ArnFormat, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { DefinitionBody, LogLevel, StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { Operation, Step } from '../../core/definitions/define-operation.ts';
import type { StageConfig } from '../../service/config.ts';

/** What a state machine is generated from. */
export interface OperationWorkflowProps {
  readonly operation: Operation;
  /** The step function: says what to do next. */
  readonly operate: LambdaFunction;
  readonly config: StageConfig;
  /** The queue of a partner. */
  readonly queueOf: (step: Step) => IQueue;
}

/** Time for the step function to read and write one operation. */
const OPERATE_SECONDS = 60;

/** Beyond the operation's own deadline: for what is taken back after it. */
const MARGIN = Duration.days(7);

/**
 * The state machine of an operation: a loop of one step function, which says what to do next, and a task for each command,
 * which hands it to its partner's queue and waits for a token. Ids alone travel through it.
 */
export class OperationWorkflow extends Construct {
  readonly stateMachine: StateMachine;

  constructor(scope: Construct, id: string, props: OperationWorkflowProps) {
    super(scope, id);
    const { operation, operate, queueOf, config } = props;
    const name = stateMachineName(config.namePrefix, operation.name);
    this.stateMachine = new StateMachine(this, 'StateMachine', {
      stateMachineName: name,
      stateMachineType: StateMachineType.STANDARD,
      definitionBody: DefinitionBody.fromString(Stack.of(this).toJsonString(workflowDefinition(props))),
      tracingEnabled: true,
      logs: {
        level: LogLevel.ALL,
        destination: new LogGroup(this, 'Log', {
          // Step Functions writes to groups of this name without a policy for each, of which an account has ten.
          logGroupName: `/aws/vendedlogs/states/${name}`,
          retention: config.logRetentionDays,
          // What an operation did is in its history; this is for whoever looks into a fault.
          removalPolicy: RemovalPolicy.DESTROY,
        }),
      },
    });
    // Every version: an execution that began with an earlier one ends with it.
    operate.grantInvoke(this.stateMachine);
    for (const step of operation.steps) queueOf(step).grantSendMessages(this.stateMachine);
  }
}

const ids = { 'operation.$': '$.operation', 'epoch.$': '$.epoch' };

const ref = {
  'step.$': '$.directive.step',
  'undo.$': '$.directive.undo',
  'attempt.$': '$.directive.attempt',
};

/** Lambda's own refusals, which pass; a fault of the function itself ends the execution, and the sweep sees to it. */
const RETRY = [
  {
    ErrorEquals: [
      'Lambda.ServiceException',
      'Lambda.AWSLambdaException',
      'Lambda.SdkClientException',
      'Lambda.ClientExecutionTimeoutException',
      'Lambda.TooManyRequestsException',
      'States.TaskFailed',
    ],
    IntervalSeconds: 1,
    MaxAttempts: 6,
    BackoffRate: 2,
    JitterStrategy: 'FULL',
  },
];

/** What the states of users' steps begin with: a step may have any name, and never meets a state of the kit's own. */
const STEP = 'step: ';

/** The tasks of an operation that hand a command to a partner, and wait for what becomes of it. */
export const commandsOf = (operation: Operation) =>
  operation.steps.flatMap((step) => [
    { step, undo: false, name: `${STEP}${step.name}` },
    ...(step.compensation === undefined
      ? []
      : [{ step, undo: true, name: `${STEP}${step.name}: ${step.compensation}` }]),
  ]);

/**
 * A command's name without what its state begins with. Definitions of releases before this one have bare names; a step
 * called `step` had `step` and `step: release`, so that only a definition whose every command begins so is a newer one.
 */
export const commandNames = (states: readonly string[]): readonly string[] =>
  states.every((name) => name.startsWith(STEP)) ? states.map((name) => name.slice(STEP.length)) : states;

/** The name of an operation's state machine. */
export const stateMachineName = (namePrefix: string, operation: string): string =>
  `${namePrefix}-${operation}`;

/** Its ARN, written out, since a function that names its own state machine by reference would depend on itself. */
export const stateMachineArn = (scope: Construct, { namePrefix }: StageConfig, operation: string): string =>
  Stack.of(scope).formatArn({
    service: 'states',
    resource: `stateMachine:${stateMachineName(namePrefix, operation)}`,
    arnFormat: ArnFormat.NO_RESOURCE_NAME,
  });

/** The definition in the Amazon States Language: Ids alone are handed on. */
export function workflowDefinition({ operation, operate, queueOf, config }: OperationWorkflowProps) {
  const { functionArn } = operate.currentVersion;
  const commands = commandsOf(operation);
  const last = (value: object) => ({ Type: 'Pass', Result: value, ResultPath: '$.last', Next: 'operate' });
  return {
    // In the definition itself: the construct's own props are for chains (aws/aws-cdk#37150).
    Comment: `${operation.name} of ${config.service.title}`,
    TimeoutSeconds: Duration.seconds(operation.deadlineSeconds).plus(MARGIN).toSeconds(),
    StartAt: 'begin',
    States: {
      begin: last({ type: 'none' }),
      operate: {
        Type: 'Task',
        Resource: functionArn,
        Parameters: { ...ids, 'last.$': '$.last' },
        ResultPath: '$.directive',
        TimeoutSeconds: OPERATE_SECONDS,
        Retry: RETRY,
        Next: 'choose',
      },
      choose: {
        Type: 'Choice',
        Choices: [
          { Variable: '$.directive.do', StringEquals: 'end', Next: 'done' },
          { Variable: '$.directive.do', StringEquals: 'wait', Next: 'wait' },
          ...commands.map(({ step, undo, name }) => ({
            And: [
              { Variable: '$.directive.step', StringEquals: step.name },
              { Variable: '$.directive.undo', BooleanEquals: undo },
            ],
            Next: name,
          })),
        ],
        Default: 'unknown step',
      },
      wait: {
        Type: 'Task',
        Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
        Parameters: {
          FunctionName: functionArn,
          Payload: { ...ids, 'token.$': '$$.Task.Token' },
        },
        TimeoutSecondsPath: '$.directive.timeoutSeconds',
        Retry: RETRY.map((retry) => ({
          ...retry,
          ErrorEquals: retry.ErrorEquals.filter((error) => error !== 'States.TaskFailed'),
        })),
        // Woken, or its time has come.
        Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'begin' }],
        ResultPath: '$.woken',
        Next: 'begin',
      },
      ...Object.fromEntries(
        commands.map(({ step, name }) => [
          name,
          {
            Type: 'Task',
            Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
            Parameters: {
              QueueUrl: queueOf(step).queueUrl,
              MessageBody: { ...ids, ...ref, 'mode.$': '$.directive.mode', 'token.$': '$$.Task.Token' },
            },
            TimeoutSecondsPath: '$.directive.timeoutSeconds',
            ResultPath: '$.last',
            Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'timed out' }],
            Next: 'operate',
          },
        ]),
      ),
      'timed out': {
        Type: 'Pass',
        Parameters: { type: 'timeout', ...ref },
        ResultPath: '$.last',
        Next: 'operate',
      },
      'unknown step': {
        Type: 'Fail',
        Error: 'UnknownStep',
        Cause: 'the operation names a step that this definition lacks',
      },
      done: { Type: 'Succeed' },
    },
  };
}
