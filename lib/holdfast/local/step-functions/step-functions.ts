import { createServer, type IncomingMessage, type Server } from 'node:http';
import { ACCOUNT, REGION, type ResolvedResource } from '../../template/template.ts';
import { listenHere } from '../listening.ts';
import { Execution, type HistoryEvent } from './execution.ts';
import type { Definition, ExecutionPlatform, Waiting } from './tasks.ts';

/** An error of the Step Functions API. */
class ApiError extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

type Input = Readonly<Record<string, string | undefined>>;

/** Step Functions over the SDK's protocol. Executions live as long as the process. */
export class LocalStepFunctions {
  readonly #platform: ExecutionPlatform;
  readonly #machines = new Map<string, Definition>();
  readonly #executions = new Map<string, Execution>();
  readonly #server: Server;

  constructor(platform: Omit<ExecutionPlatform, 'waiting'>) {
    this.#platform = { ...platform, waiting: new Map() };
    this.#server = createServer((request, response) => {
      this.#serve(request).then(
        (body) =>
          response.writeHead(200, { 'Content-Type': 'application/x-amz-json-1.0' }).end(JSON.stringify(body)),
        (error: Error) =>
          response
            .writeHead(error instanceof ApiError ? 400 : 500, {
              'Content-Type': 'application/x-amz-json-1.0',
            })
            .end(JSON.stringify({ __type: error.name, message: error.message })),
      );
    });
  }

  /** Uses these state machines from now on; what runs already keeps its definition. */
  update(machines: readonly ResolvedResource[]): void {
    for (const { logicalId, properties } of machines) {
      const name = String(properties.StateMachineName ?? logicalId);
      this.#machines.set(name, JSON.parse(String(properties.DefinitionString)));
    }
  }

  /** @returns its URL */
  async listen(): Promise<string> {
    return listenHere(this.#server);
  }

  async close(): Promise<void> {
    for (const execution of this.#executions.values())
      execution.stop('Local.Closed', 'the local cloud was closed');
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #serve(request: IncomingMessage): Promise<object> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const input: Input = JSON.parse(Buffer.concat(chunks).toString() || '{}');
    const action = String(request.headers['x-amz-target']).split('.').at(-1);
    switch (action) {
      case 'StartExecution':
        return this.#start(input);
      case 'DescribeExecution':
        return describe(this.#execution(input.executionArn));
      case 'StopExecution':
        return this.#stop(input);
      case 'SendTaskSuccess':
        return this.#answer(input.taskToken, (task) => task.succeed(JSON.parse(input.output ?? 'null')));
      case 'SendTaskFailure':
        return this.#answer(input.taskToken, (task) => task.fail(input.error ?? 'Error', input.cause ?? ''));
      case 'SendTaskHeartbeat':
        return this.#answer(input.taskToken, (task) => task.beat());
      case 'ListExecutions':
        return {
          executions: [...this.#executions.values()]
            .filter(({ machineArn }) => machineArn === input.stateMachineArn)
            .filter(({ status }) => status === (input.statusFilter ?? status))
            .map(describe),
        };
      case 'ListStateMachines':
        return {
          stateMachines: [...this.#machines.keys()].map((name) => ({
            name,
            stateMachineArn: machineArn(name),
            type: 'STANDARD',
          })),
        };
      case 'DescribeStateMachine': {
        const name = String(input.stateMachineArn).split(':').at(-1) ?? '';
        return {
          name,
          stateMachineArn: machineArn(name),
          definition: JSON.stringify(this.#definition(name)),
        };
      }
      case 'GetExecutionHistory':
        return { events: this.#execution(input.executionArn).history.map(historyEvent) };
      default:
        throw new ApiError('UnknownOperationException', `the local cloud does not know ${action}`);
    }
  }

  #start({ stateMachineArn = '', name = '', input = '{}' }: Input): object {
    const definition = this.#definition(stateMachineArn.split(':').at(-1) ?? '');
    if (!/^[\w-]{1,80}$/.test(name))
      throw new ApiError('InvalidName', `'${name}' is not a valid execution name`);
    const existing = this.#executions.get(
      `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`,
    );
    if (existing !== undefined) {
      // The same again while it runs is the same execution; anything else under its name is refused.
      if (existing.status === 'RUNNING' && existing.input === input)
        return { executionArn: existing.arn, startDate: existing.startDate };
      throw new ApiError('ExecutionAlreadyExists', `execution ${existing.arn} exists`);
    }
    const execution = new Execution(stateMachineArn, name, input, definition, this.#platform);
    this.#executions.set(execution.arn, execution);
    return { executionArn: execution.arn, startDate: execution.startDate };
  }

  #definition(name: string): Definition {
    const definition = this.#machines.get(name);
    if (definition !== undefined) return definition;
    throw new ApiError('StateMachineDoesNotExist', `there is no state machine ${name}`);
  }

  #stop({ executionArn, error, cause }: Input): object {
    const execution = this.#execution(executionArn);
    execution.stop(error, cause);
    return { stopDate: execution.stopDate };
  }

  #execution(arn = ''): Execution {
    const execution = this.#executions.get(arn);
    if (execution === undefined) throw new ApiError('ExecutionDoesNotExist', `there is no execution ${arn}`);
    return execution;
  }

  #answer(token = '', answer: (task: Waiting) => void): object {
    const task = this.#platform.waiting.get(token);
    if (task === undefined) throw new ApiError('TaskTimedOut', 'nobody waits with this token any more');
    answer(task);
    return {};
  }
}

const machineArn = (name: string) => `arn:aws:states:${REGION}:${ACCOUNT}:stateMachine:${name}`;

const describe = ({
  arn,
  name,
  machineArn,
  status,
  startDate,
  stopDate,
  input,
  output,
  error,
  cause,
}: Execution) => ({
  executionArn: arn,
  name,
  stateMachineArn: machineArn,
  status,
  startDate,
  stopDate,
  input,
  output,
  error,
  cause,
});

const historyEvent = (event: HistoryEvent) => ({ ...event, previousEventId: event.id - 1 });
