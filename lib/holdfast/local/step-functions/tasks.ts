import { SendMessageCommand } from '@aws-sdk/client-sqs';
import type { StateMachine } from 'aws-local-stepfunctions';
import { ACCOUNT, REGION } from '../../template/template.ts';
import type { Access } from '../access/access.ts';
import { taskToken } from '../access/task-token.ts';
import type { LocalSqs } from '../events/queues.ts';
import type { Invoke } from '../gateway/gateway.ts';

/** What travels through a state machine. */
export type Json = Parameters<StateMachine['run']>[0];

/** A state machine, in the Amazon States Language. */
export type Definition = ConstructorParameters<typeof StateMachine>[0];

/** A failure that a state machine can catch by its name. */
export class TaskFailure extends Error {
  constructor(name: string, cause: string) {
    super(cause);
    this.name = name;
  }
}

/** What a waiting task is ended with. */
export interface Waiting {
  succeed(output: Json): void;
  fail(error: string, cause: string): void;
  /** Its time between two heartbeats begins anew. */
  beat(): void;
}

/** What executions need of the local cloud. */
export interface ExecutionPlatform {
  readonly invoke: Invoke;
  readonly sqs: LocalSqs;
  /** Decides on what a state machine asks of others. */
  readonly access: Access;
  /** Whether a command of this operation is taken by no consumer in time. @default none is */
  readonly isNeverTaken?: (operation: string) => boolean;
  /** Tasks that wait, by their token, over all executions. */
  readonly waiting: Map<string, Waiting>;
}

interface TaskState {
  readonly Type: string;
  readonly Resource?: string;
  readonly TimeoutSeconds?: number;
  readonly TimeoutSecondsPath?: string;
  readonly HeartbeatSeconds?: number;
  readonly HeartbeatSecondsPath?: string;
  readonly Parameters?: object;
  readonly QueryLanguage?: string;
}

/** Makes a token when a task's parameters name it; input processing and the handler's call are one synchronous step. */
export class TaskTokens {
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

/** Names of the parameters that hand a task's timeouts to its handler. */
const TIMEOUT = 'holdfast-timeout-seconds';
const HEARTBEAT = 'holdfast-heartbeat-seconds';

/**
 * The interpreter looks for `TimeoutSecondsPath` in what a task's parameters have made of the input, takes 60 seconds
 * where there is none, and knows no heartbeats. Step Functions looks in the input itself, so that the timeouts travel with
 * the parameters here.
 */
export function withOwnTimeouts(definition: Definition): Definition {
  const states = statesOf(definition).map(([name, state]) => {
    if (state.Type !== 'Task') return [name, state];
    const {
      TimeoutSecondsPath,
      TimeoutSeconds = MAX_TIMER_SECONDS,
      HeartbeatSecondsPath,
      HeartbeatSeconds = MAX_TIMER_SECONDS,
      Parameters = {},
      ...rest
    } = state;
    const times = {
      ...secondsOf(TIMEOUT, TimeoutSeconds, TimeoutSecondsPath),
      ...secondsOf(HEARTBEAT, HeartbeatSeconds, HeartbeatSecondsPath),
    };
    return [name, { ...rest, TimeoutSeconds: MAX_TIMER_SECONDS, Parameters: { ...Parameters, ...times } }];
  });
  const { TimeoutSeconds } = definition as { readonly TimeoutSeconds?: number };
  return {
    ...definition,
    ...(TimeoutSeconds !== undefined && { TimeoutSeconds: Math.min(TimeoutSeconds, MAX_TIMER_SECONDS) }),
    States: Object.fromEntries(states),
  };
}

/** By name; the interpreter's own type says less of a state than the language does. */
const statesOf = ({ States }: Definition) => Object.entries(States as unknown as Record<string, TaskState>);

const secondsOf = (parameter: string, seconds: number, path: string | undefined) =>
  path === undefined ? { [parameter]: seconds } : { [`${parameter}.$`]: path };

/** What a task does; it gives up what it waits for when the signal says that its time is up. */
type Run = (
  input: Json,
  limits: { readonly heartbeatMs: number; readonly signal: AbortSignal },
) => Promise<Json>;

const timerMs = (seconds: unknown) => Math.min(Number(seconds), MAX_TIMER_SECONDS) * 1000;

/** Runs a task for as long as its timeout says, and until its execution is stopped. */
async function limited(input: Json, run: Run, stopped: AbortSignal): Promise<Json> {
  const { [TIMEOUT]: seconds, [HEARTBEAT]: heartbeat, ...own } = input as Record<string, Json>;
  const ending = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new TaskFailure('States.Timeout', `no answer in ${seconds} seconds`)),
      timerMs(seconds),
    );
    stopped.addEventListener('abort', () => reject(stopped.reason), { signal: ending.signal });
  });
  try {
    const limits = { heartbeatMs: timerMs(heartbeat), signal: ending.signal };
    return await Promise.race([run(own, limits), late]);
  } finally {
    clearTimeout(timer);
    ending.abort();
  }
}

/** What a task needs. */
interface TaskPlatform extends ExecutionPlatform {
  /** @throws TaskFailure `States.Permissions` */
  readonly may: (action: string, resource: string) => void;
  /** Of the execution. */
  readonly stopped: AbortSignal;
}

/**
 * What each task state does.
 * @throws Error for what the local cloud cannot run
 */
export function taskHandlers(
  definition: Definition,
  tokens: TaskTokens,
  platform: TaskPlatform,
): Record<string, (input: Json) => Promise<Json>> {
  const states = statesOf(definition);
  const tasks = states.filter(([, { Type }]) => Type === 'Task');
  return Object.fromEntries(
    tasks.map(([name, state]) => {
      if (state.QueryLanguage === 'JSONata')
        throw new Error(`state ${name}: the local cloud runs JSONPath, not JSONata`);
      const run = task(name, state.Resource ?? '', tokens, platform);
      return [name, (input: Json) => limited(input, run, platform.stopped)];
    }),
  );
}

function task(
  name: string,
  resource: string,
  tokens: TaskTokens,
  { invoke, sqs, waiting, may, isNeverTaken = () => false }: TaskPlatform,
): Run {
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
  const forToken =
    (start: (input: Json) => Promise<unknown>): Run =>
    async (input, { heartbeatMs, signal }) => {
      const token = tokens.take();
      const answered = waitFor(token, waiting, heartbeatMs, signal);
      const [, output] = await Promise.all([start(input), answered]);
      return output;
    };
  if (resource === 'arn:aws:states:::lambda:invoke.waitForTaskToken') {
    return forToken((input) => {
      const { FunctionName, Payload } = input as { FunctionName: string; Payload: Json };
      return call(FunctionName, Payload);
    });
  }
  if (resource === 'arn:aws:states:::sqs:sendMessage.waitForTaskToken') {
    return forToken(async (input) => {
      const { QueueUrl, MessageBody } = input as { QueueUrl: string; MessageBody: { operation?: string } };
      if (isNeverTaken(MessageBody.operation ?? ''))
        throw new TaskFailure('States.Timeout', 'it was told that nobody takes this command in time');
      may('sqs:SendMessage', `arn:aws:sqs:${REGION}:${ACCOUNT}:${QueueUrl.split('/').at(-1)}`);
      return sqs.client.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(MessageBody) }));
    });
  }
  throw new Error(
    `state ${name}: the local cloud cannot run ${resource}; use a function, or waitForTaskToken of lambda:invoke or sqs:sendMessage`,
  );
}

/** Waits for an answer with this token, as long as heartbeats come, and until the task's time is up. */
function waitFor(
  token: string,
  waiting: Map<string, Waiting>,
  heartbeatMs: number,
  signal: AbortSignal,
): Promise<Json> {
  return new Promise((resolve, reject) => {
    const fail = (error: string, cause: string) => reject(new TaskFailure(error, cause));
    const silent = () => fail('States.HeartbeatTimeout', `no heartbeat in ${heartbeatMs / 1000} seconds`);
    let timer = setTimeout(silent, heartbeatMs);
    const beat = () => {
      clearTimeout(timer);
      timer = setTimeout(silent, heartbeatMs);
    };
    waiting.set(token, { succeed: resolve, fail, beat });
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      waiting.delete(token);
    });
  });
}

const nameOf = (arn: string) => arn.split(':')[6] ?? arn;
