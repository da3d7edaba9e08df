import {
  DescribeStateMachineCommand,
  paginateListExecutions,
  paginateListStateMachines,
  type SFNClient,
} from '@aws-sdk/client-sfn';
import { commandNames, commandsOf, stateMachineName } from '../../cdk/operations/operation-workflow.ts';
import type { Operation } from '../../core/definitions/define-operation.ts';
import { namePrefixOf } from '../../service/define-service.ts';
import { service } from '../../service/project.ts';
import type { DeployedStack } from './deployed.ts';

/** What a release is held against. */
export interface ExecutionFacts {
  readonly stage: string;
  /** Operations of the release. */
  readonly operations: readonly Operation[];
  /** The stage's stacks that stand: their state machines are the stage's, whatever the release calls its own. */
  readonly deployed: readonly DeployedStack[];
}

/**
 * Why a release may not come yet: an execution goes on with the definition that it began with, and finds neither code nor
 * queue any more for a step that the release takes away. One sentence for each operation, with the remedy.
 */
export async function stepsStillNeeded(
  client: SFNClient,
  { stage, operations, deployed }: ExecutionFacts,
): Promise<readonly string[]> {
  const reasons: string[] = [];
  const byName = new Map(
    operations.map((each) => [stateMachineName(namePrefixOf(stage, service), each.name), each]),
  );
  const standing = new Set(
    deployed
      .flatMap(({ resources }) => resources)
      .filter(({ type }) => type === 'AWS::StepFunctions::StateMachine')
      .map(({ physicalId }) => physicalId),
  );
  for await (const { stateMachines = [] } of paginateListStateMachines({ client }, {})) {
    for (const { name = '', stateMachineArn = '' } of stateMachines) {
      // Never by what a name begins with: stage dev-2 has its state machines beside those of dev.
      if (!standing.has(stateMachineArn) && !byName.has(name)) continue;
      reasons.push(...(await against(client, { name, stateMachineArn }, byName.get(name))));
    }
  }
  return reasons;
}

/** What stands against a release in one state machine that there is. */
async function against(
  client: SFNClient,
  { name, stateMachineArn }: { readonly name: string; readonly stateMachineArn: string },
  operation: Operation | undefined,
): Promise<readonly string[]> {
  const { status, definition } = await client.send(new DescribeStateMachineCommand({ stateMachineArn }));
  if (status === 'DELETING') return operation === undefined ? [] : [beingDeleted(name, stateMachineArn)];
  const kept = new Set(operation && commandNames(commandsOf(operation).map((command) => command.name)));
  const gone = commandsIn(definition).filter((command) => !kept.has(command));
  if (gone.length === 0) return [];
  const running = await countRunning(client, stateMachineArn);
  return running > 0 ? [reason(name, gone, running)] : [];
}

const reason = (name: string, gone: readonly string[], running: number) =>
  `${running} executions of ${name} run, and this release takes away what they may still come to: ${gone.join(', ')}; leave it in for this release, and take it away when they have ended (GET /operations?state=running)`;

const beingDeleted = (name: string, arn: string) =>
  `state machine ${name} of an earlier deployment is being deleted, and until its executions have ended no other can have its name; list them by aws stepfunctions list-executions --state-machine-arn ${arn} --status-filter RUNNING, stop each by aws stepfunctions stop-execution --execution-arn ARN, and deploy again in a few minutes`;

/** Names of the tasks that wait for a partner. */
function commandsIn(definition = '{}'): readonly string[] {
  const { States = {} }: { States?: Record<string, { Resource?: string }> } = JSON.parse(definition);
  const commands = Object.entries(States).filter(([, { Resource = '' }]) =>
    Resource.includes(':sqs:sendMessage'),
  );
  return commandNames(commands.map(([name]) => name));
}

async function countRunning(client: SFNClient, stateMachineArn: string): Promise<number> {
  let running = 0;
  const asked = { stateMachineArn, statusFilter: 'RUNNING' } as const;
  for await (const { executions = [] } of paginateListExecutions({ client }, asked))
    running += executions.length;
  return running;
}
