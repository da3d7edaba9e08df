import { StateMachine } from 'aws-local-stepfunctions';
import {
  type Definition,
  type ExecutionPlatform,
  type Json,
  TaskFailure,
  TaskTokens,
  taskHandlers,
  withOwnTimeouts,
} from './tasks.ts';

/** An event of an execution's history, as GetExecutionHistory names them. */
export interface HistoryEvent {
  readonly id: number;
  readonly type: string;
  readonly timestamp: number;
  readonly stateEnteredEventDetails?: { readonly name: string; readonly input: string };
  readonly stateExitedEventDetails?: { readonly name: string; readonly output: string };
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
  readonly #stopped = new AbortController();

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
      overrides: {
        taskResourceLocalHandlers: taskHandlers(definition, tokens, {
          ...platform,
          may,
          stopped: this.#stopped.signal,
        }),
      },
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
    // The interpreter goes no further, and leaves the task that is under way to end by itself.
    this.#stopped.abort();
  }

  #fail(error: Error): void {
    // What the interpreter has caught is the cause of what it throws.
    const { name, message } = error.cause instanceof Error ? error.cause : error;
    this.error ??= name;
    this.cause ??= message;
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
      readonly state?: {
        readonly name: string;
        readonly type: string;
        readonly input: Json;
        readonly output?: Json;
      };
    }>,
  ) {
    for await (const { type, timestamp, state } of events) {
      this.history.push({
        id: this.history.length + 1,
        type: `${state?.type ?? ''}${type}`,
        timestamp: timestamp / 1000,
        ...(state && type === 'StateEntered' && { stateEnteredEventDetails: entered(state) }),
        ...(state && type === 'StateExited' && { stateExitedEventDetails: exited(state) }),
      });
    }
  }
}

const entered = ({ name, input }: { name: string; input: Json }) => ({ name, input: JSON.stringify(input) });

const exited = ({ name, output = null }: { name: string; output?: Json }) => ({
  name,
  output: JSON.stringify(output),
});
