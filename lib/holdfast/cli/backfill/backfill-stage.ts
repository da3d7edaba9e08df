import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SFNClient } from '@aws-sdk/client-sfn';
import { backfill } from '../../backfill/backfill.ts';
import { toldOf } from '../../backfill/told.ts';
import { rulesIn } from '../../cdk/templates/rules.ts';
import { loadRegistry } from '../../service/registry.ts';
import { deployedStacks } from '../account/deployed.ts';
import { standing } from '../account/stack-status.ts';
import { standsAgainst } from './stands-against.ts';
import { stacksOf, tableOf } from './table-of.ts';

/** What a backfill of a deployed stage is told. */
export interface StageBackfill {
  readonly stage: string;
  /** Writes a second. */
  readonly rate: number;
  /** Whether it is done, and not only told what it would be. */
  readonly yes: boolean;
}

/**
 * Completes what the deployed release keeps with each version, in a stage of the account that credentials are of.
 * @throws Error with what stands against it, and the remedy, before anything is written
 */
export async function backfillStage(
  { stage, rate, yes }: StageBackfill,
  print: (line: string) => void,
): Promise<void> {
  const cloudFormation = new CloudFormationClient({});
  const clients = {
    dynamodb: new DynamoDBClient({}),
    lambda: new LambdaClient({}),
    stepFunctions: new SFNClient({}),
  };
  const registry = await loadRegistry();
  const rules = rulesIn(registry);
  const stacks = async () => (await deployedStacks(cloudFormation, stacksOf(stage))).filter(standing);
  const deployed = await stacks();
  const TableName = tableOf(deployed);
  if (TableName === undefined)
    throw new Error(`stage ${stage} is not deployed here; npm run deploy -- --stage ${stage}`);
  const reasons = await standsAgainst({ stage, deployed, rules, TableName }, clients);
  if (reasons.length > 0) throw new Error(reasons.join('\n'));
  if (rules === undefined) {
    print('no resource keeps what older items lack: there is nothing to backfill');
    return;
  }
  const { Table } = await clients.dynamodb.send(new DescribeTableCommand({ TableName }));
  const [, , , , account] = Table?.TableArn?.split(':') ?? [];
  print(
    `account ${account}, stage ${stage}, table ${TableName} with about ${Table?.ItemCount ?? 0} items: ${Object.keys(rules).join(', ')} get what the deployed release keeps with each version`,
  );
  if (!yes) {
    print(
      `nothing is written without --yes: npm run backfill -- --stage ${stage} --yes, at ${rate} writes a second`,
    );
    return;
  }
  const done = await backfill({
    client: clients.dynamodb,
    TableName,
    resources: registry.resources.map(({ definition }) => definition),
    rate,
    counts: async () =>
      (await standsAgainst({ stage, deployed: await stacks(), rules, TableName }, clients)).length === 0,
  });
  for (const line of toldOf(done)) print(line);
  if (done.completed.length + done.taken.length === 0)
    throw new Error(
      `the stage changed meanwhile, or another run has ended, so this run does not count; npm run backfill -- --stage ${stage} --yes`,
    );
}
