import {
  DescribeStateMachineCommand,
  DescribeStateMachineForExecutionCommand,
  paginateListExecutions,
  type SFNClient,
} from '@aws-sdk/client-sfn';
import type { DeployedStack } from './deployed.ts';

/**
 * State machines of which an execution runs that began with an earlier release than the one that is deployed: it goes on with
 * that release's code, whatever has been deployed since.
 * @param deployed the stage's stacks that stand
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeStateMachineForExecution.html
 */
export async function machinesWithOlderExecutions(
  client: SFNClient,
  deployed: readonly DeployedStack[],
): Promise<readonly string[]> {
  const machines = deployed
    .flatMap(({ resources }) => resources)
    .filter(({ type }) => type === 'AWS::StepFunctions::StateMachine')
    .map(({ physicalId }) => physicalId);
  const names: string[] = [];
  for (const machine of machines) if (await hasOlder(client, machine)) names.push(nameIn(machine));
  return names;
}

/** Whether one runs with another definition than the state machine has now. */
async function hasOlder(client: SFNClient, stateMachineArn: string): Promise<boolean> {
  const { definition } = await client.send(new DescribeStateMachineCommand({ stateMachineArn }));
  const running = { stateMachineArn, statusFilter: 'RUNNING' } as const;
  for await (const { executions = [] } of paginateListExecutions({ client }, running))
    for (const { executionArn } of executions) {
      const begun = await client.send(new DescribeStateMachineForExecutionCommand({ executionArn }));
      if (begun.definition !== definition) return true;
    }
  return false;
}

const nameIn = (arn: string): string => arn.slice(arn.lastIndexOf(':') + 1);
