import { setTimeout as delay } from 'node:timers/promises';
import {
  DeleteFunctionConcurrencyCommand,
  type LambdaClient,
  PutFunctionConcurrencyCommand,
} from '@aws-sdk/client-lambda';
import { paginateListExecutions, type SFNClient, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { nodeOf } from '../../openapi/schemas/node.ts';
import type { DeployedStack } from '../account/deployed.ts';

/** Functions that start executions. */
const STARTERS = ['dispatcher', 'sweep'];

/** How long to wait before looking again for executions that are under way. */
const LOOK_MS = 5_000;

/** How stopped executions explain themselves to whoever looks at them. */
const CAUSE = 'the stage is taken away by npm run destroy';

/** What a stage is taken away with. */
export interface Clients {
  readonly lambda: LambdaClient;
  readonly stepFunctions: SFNClient;
}

/**
 * Takes a stage away, and ends its executions before: a state machine is gone only when its executions are, and each of
 * them would wait for its partner for days. From then on none starts anew, by a request or by the sweep.
 * @param service the service stack, as it is deployed
 * @param destroy deletes the stacks
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_DeleteStateMachine.html
 */
export async function endStage(
  { lambda, stepFunctions }: Clients,
  service: DeployedStack | undefined,
  destroy: () => Promise<void>,
  print: (line: string) => void,
  lookMs = LOOK_MS,
): Promise<void> {
  if (service === undefined) return destroy();
  const machines = service.resources
    .filter(({ type, physicalId }) => type === 'AWS::StepFunctions::StateMachine' && physicalId !== '')
    .map(({ physicalId }) => physicalId);
  try {
    await pauseStarters(lambda, service);
    const stopped = await stopExecutions(stepFunctions, machines);
    if (stopped > 0) print(`stopped ${stopped} executions, so that their state machines can be deleted`);
    await whileStopping({ look: () => stopExecutions(stepFunctions, machines), lookMs, print }, destroy);
  } catch (error) {
    // What is left of the stage goes on. The first error is the one to know; the next deployment restores as well.
    await restoreStarters(lambda, service).catch((again: unknown) =>
      print(`${STARTERS.join(' and ')} may be paused until the next deployment: ${messageOf(again)}`),
    );
    throw error;
  }
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** How executions are looked for. */
interface Looking {
  readonly look: () => Promise<unknown>;
  readonly lookMs: number;
  readonly print: (line: string) => void;
}

/** Deletes the stacks, and meanwhile stops those executions as well that a function began in its last moment. */
async function whileStopping(looking: Looking, destroy: () => Promise<void>): Promise<void> {
  const ended = new AbortController();
  const watching = keepLooking(looking, ended.signal);
  try {
    await destroy();
  } finally {
    ended.abort();
    await watching;
  }
}

/** Never rejects: the deletion goes on, and the next look may succeed. */
async function keepLooking({ look, lookMs, print }: Looking, signal: AbortSignal): Promise<void> {
  let told = '';
  while (!signal.aborted) {
    await delay(lookMs, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return;
    try {
      await look();
    } catch (error) {
      const line = `could not stop executions: ${messageOf(error)}; looking again until the stacks are deleted`;
      if (line !== told) print(line);
      told = line;
    }
  }
}

/**
 * Stops every execution that is under way.
 * @param machines ARNs; one that is gone has none
 * @returns how many there were
 */
export async function stopExecutions(client: SFNClient, machines: readonly string[]): Promise<number> {
  let stopped = 0;
  for (const stateMachineArn of machines) {
    const asked = { stateMachineArn, statusFilter: 'RUNNING' } as const;
    try {
      for await (const { executions = [] } of paginateListExecutions({ client }, asked)) {
        for (const { executionArn } of executions) {
          await client.send(new StopExecutionCommand({ executionArn, cause: CAUSE }));
          stopped += 1;
        }
      }
    } catch (error) {
      if (!isGone(error)) throw error;
    }
  }
  return stopped;
}

const isGone = (error: unknown) =>
  error instanceof Error &&
  ['StateMachineDoesNotExist', 'ExecutionDoesNotExist', 'ResourceNotFoundException'].includes(error.name);

/** A function without executions is asked again by what asks it, and nothing is lost. */
const pauseStarters = (lambda: LambdaClient, service: DeployedStack) =>
  onStarters(service, (FunctionName) =>
    lambda.send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: 0 })),
  );

/** Gives the functions that start executions what the deployed template has given them: after a `destroy` that did not end. */
export const restoreStarters = (lambda: LambdaClient, service: DeployedStack): Promise<void> =>
  onStarters(service, (FunctionName, reserved) =>
    reserved === undefined
      ? lambda.send(new DeleteFunctionConcurrencyCommand({ FunctionName }))
      : lambda.send(
          new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: reserved }),
        ),
  );

async function onStarters(
  { template, resources }: DeployedStack,
  change: (functionName: string, reserved: number | undefined) => Promise<unknown>,
): Promise<void> {
  for (const [id, { Metadata, Properties }] of Object.entries(template.Resources)) {
    const { name } = nodeOf(Metadata?.holdfast);
    const found = resources.find(({ logicalId }) => logicalId === id);
    if (!STARTERS.includes(String(name)) || !found?.physicalId) continue;
    const { ReservedConcurrentExecutions: said } = Properties ?? {};
    const reserved = said === undefined ? undefined : Number(said);
    try {
      await change(found.physicalId, reserved);
    } catch (error) {
      if (!isGone(error)) throw error;
    }
  }
}
