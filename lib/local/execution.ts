import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { StateMachine } from 'aws-local-stepfunctions';
import type { Access } from './access.ts';
import type { Invoke } from './gateway.ts';
import type { LocalSqs } from './queues.ts';
import { taskToken } from './task-token.ts';
import { ACCOUNT, REGION } from './template.ts';

type Json = Parameters<StateMachine['run']>[0];
type Definition = ConstructorParameters<typeof StateMachine>[0];

/** A failure that a state machine can catch by its name. */
class TaskFailure extends Error {
  constructor(name: string, cause: string) {
    super(cause);
    this.name = name;
  }
}

/** What a waiting task is ended with. */
export interface Waiting {
  succeed(output: Json): void;
  fail(error: string, cause: string): void;
}

/** What executions need of the local cloud. */
export interface ExecutionPlatform {
  readonly invoke: Invoke;
  readonly sqs: LocalSqs;
  /** Decides on what a state machine asks of others. */
  readonly access: Access;
  /** Tasks that wait, by their token, over all executions. */
  readonly waiting: Map<string, Waiting>;
}

/** An event of an execution's history, as GetExecutionHistory names them. */
export interface HistoryEvent {
  readonly id: number;
  readonly type: string;
  readonly timestamp: number;
  readonly stateName?: string;
}

interface TaskState {
  readonly Type: string;
  readonly Resource?: string;
  readonly TimeoutSeconds?: number;
  readonly TimeoutSecondsPath?: string;
  readonly Parameters?: object;
  readonly QueryLanguage?: string;
}

/** One execution of a state machine. */
export class Execution {
  readonly arn: string;
  readonly name: string;
  readonly machineArn: string;
  readonly input: string;
  readonly startDate = Date.now() / 1000;
  readonly history: HistoryEvent[] = [];
  status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED' = 'RUNNING';
  stopDate: number | undefined;
  output: string | undefined;
  error: string | undefined;
  cause: string | undefined;
  readonly #abort: () => void;

  constructor(
    machineArn: string,
    name: string,
    input: string,
    definition: Definition,
    platform: ExecutionPlatform,
  ) {
    this.machineArn = machineArn;
    this.name = name;
    this.arn = `${machineArn.replace(':stateMachine:', ':execution:')}:${name}`;
    this.input = input;
    const tokens = new TaskTokens(machineArn);
    const may = (action: string, resource: string) => {
      try {
        platform.access.authorize(machineArn, action, [{ action, resource }]);
      } catch (error) {
        throw new TaskFailure('States.Permissions', error instanceof Error ? error.message : String(error));
      }
    };
    const machine = new StateMachine(withOwnTimeouts(definition), {
      validationOptions: { noValidate: true },
    });
    const { abort, result, eventLogs } = machine.run(JSON.parse(input), {
      overrides: { taskResourceLocalHandlers: handlers(definition, tokens, { ...platform, may }) },
      context: { Execution: { Id: this.arn, Name: name, Input: JSON.parse(input) }, Task: tokens.context },
    });
    this.#abort = abort;
    void this.#follow(eventLogs);
    result.then(
      (output) => this.#end('SUCCEEDED', JSON.stringify(output)),
      (error: Error) => this.#fail(error),
    );
  }

  /** Ends it from outside. */
  stop(error: string | undefined, cause: string | undefined): void {
    if (this.status !== 'RUNNING') return;
    this.error = error;
    this.cause = cause;
    this.#end('ABORTED', undefined);
    this.#abort();
  }

  #fail(error: Error): void {
    this.error ??= error.name;
    this.cause ??= error.message;
    this.#end(error.name === 'ExecutionTimeoutError' ? 'TIMED_OUT' : 'FAILED', undefined);
  }

  #end(status: Execution['status'], output: string | undefined): void {
    if (this.status !== 'RUNNING') return;
    this.status = status;
    this.output = output;
    this.stopDate = Date.now() / 1000;
  }

  async #follow(
    events: AsyncGenerator<{
      readonly type: string;
      readonly timestamp: number;
      readonly state?: { readonly name: string };
    }>,
  ) {
    for await (const { type, timestamp, state } of events) {
      const stateName = state?.name;
      this.history.push({
        id: this.history.length + 1,
        type,
        timestamp: timestamp / 1000,
        ...(stateName && { stateName }),
      });
    }
  }
}

/** Makes a token when a task's parameters name it; input processing and the handler's call are one synchronous step. */
class TaskTokens {
  readonly #machineArn: string;
  #current: string | undefined;

  constructor(machineArn: string) {
    this.#machineArn = machineArn;
  }

  get context() {
    const make = () => {
      this.#current ??= taskToken(this.#machineArn);
      return this.#current;
    };
    return {
      get Token() {
        return make();
      },
    };
  }

  take(): string {
    const token = this.#current ?? taskToken(this.#machineArn);
    this.#current = undefined;
    return token;
  }
}

/** Longest that a timer of Node waits, in seconds: a longer one fires at once. */
const MAX_TIMER_SECONDS = 2_147_483;

/** Name of the parameter that hands a task's timeout to its handler. */
const TIMEOUT = 'holdfast-timeout-seconds';

/**
 * The interpreter looks for `TimeoutSecondsPath` in what a task's parameters have made of the input, and takes 60 seconds
 * where there is none. Step Functions looks in the input itself, so that the timeout travels with the parameters here.
 */
function withOwnTimeouts(definition: Definition): Definition {
  const states = Object.entries(definition.States as unknown as Record<string, TaskState>).map(
    ([name, state]) => {
      if (state.Type !== 'Task') return [name, state];
      const { TimeoutSecondsPath, TimeoutSeconds = MAX_TIMER_SECONDS, Parameters = {}, ...rest } = state;
      const timeout =
        TimeoutSecondsPath === undefined
          ? { [TIMEOUT]: TimeoutSeconds }
          : { [`${TIMEOUT}.$`]: TimeoutSecondsPath };
      return [
        name,
        { ...rest, TimeoutSeconds: MAX_TIMER_SECONDS, Parameters: { ...Parameters, ...timeout } },
      ];
    },
  );
  return { ...definition, States: Object.fromEntries(states) };
}

/** Runs a task for as long as its timeout says. */
async function limited(input: Json, run: (input: Json) => Promise<Json>): Promise<Json> {
  const { [TIMEOUT]: seconds, ...own } = input as Record<string, Json>;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const ms = Math.min(Number(seconds), MAX_TIMER_SECONDS) * 1000;
    timer = setTimeout(
      () => reject(new TaskFailure('States.Timeout', `no answer in ${seconds} seconds`)),
      ms,
    );
  });
  try {
    return await Promise.race([run(own), late]);
  } finally {
    clearTimeout(timer);
  }
}

interface TaskPlatform extends ExecutionPlatform {
  /** @throws TaskFailure `States.Permissions` */
  readonly may: (action: string, resource: string) => void;
}

/**
 * What each task state does.
 * @throws Error for what the local cloud cannot run
 */
function handlers(definition: Definition, tokens: TaskTokens, platform: TaskPlatform) {
  const states = Object.entries(definition.States as unknown as Record<string, TaskState>);
  const tasks = states.filter(([, { Type }]) => Type === 'Task');
  return Object.fromEntries(
    tasks.map(([name, state]) => {
      if (state.QueryLanguage === 'JSONata')
        throw new Error(`state ${name}: the local cloud runs JSONPath, not JSONata`);
      const run = task(name, state.Resource ?? '', tokens, platform);
      return [name, (input: Json) => limited(input, run)];
    }),
  );
}

function task(
  name: string,
  resource: string,
  tokens: TaskTokens,
  { invoke, sqs, waiting, may }: TaskPlatform,
) {
  const call = async (functionArn: string, payload: Json) => {
    may('lambda:InvokeFunction', functionArn);
    try {
      return JSON.parse(await invoke(nameOf(functionArn), JSON.stringify(payload)));
    } catch (error) {
      throw new TaskFailure(
        error instanceof Error ? error.name : 'Error',
        error instanceof Error ? error.message : String(error),
      );
    }
  };
  if (resource.includes(':lambda:') && resource.includes(':function:'))
    return (input: Json) => call(resource, input);
  const forToken = (start: (input: Json) => Promise<unknown>) => (input: Json) => {
    const token = tokens.take();
    const answered = new Promise<Json>((resolve, reject) => {
      waiting.set(token, { succeed: resolve, fail: (error, cause) => reject(new TaskFailure(error, cause)) });
    });
    return start(input)
      .then(() => answered)
      .finally(() => waiting.delete(token));
  };
  if (resource === 'arn:aws:states:::lambda:invoke.waitForTaskToken') {
    return forToken((input) => {
      const { FunctionName, Payload } = input as { FunctionName: string; Payload: Json };
      return call(FunctionName, Payload);
    });
  }
  if (resource === 'arn:aws:states:::sqs:sendMessage.waitForTaskToken') {
    return forToken(async (input) => {
      const { QueueUrl, MessageBody } = input as { QueueUrl: string; MessageBody: Json };
      may('sqs:SendMessage', `arn:aws:sqs:${REGION}:${ACCOUNT}:${QueueUrl.split('/').at(-1)}`);
      return sqs.client.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(MessageBody) }));
    });
  }
  throw new Error(
    `state ${name}: the local cloud cannot run ${resource}; use a function, or waitForTaskToken of lambda:invoke or sqs:sendMessage`,
  );
}

const nameOf = (arn: string) => arn.split(':')[6] ?? arn;
