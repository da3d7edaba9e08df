import { isDeepStrictEqual } from 'node:util';
import { DescribeTableCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetAliasCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import type { SFNClient } from '@aws-sdk/client-sfn';
import type { Rules } from '../../cdk/templates/templates.ts';
import type { DeployedStack } from '../account/deployed.ts';
import { machinesWithOlderExecutions } from '../account/older-executions.ts';
import { stuck } from '../account/stack-status.ts';

/** What a backfill of a stage goes by. */
export interface BackfillFacts {
  readonly stage: string;
  /** The stage's stacks that stand. */
  readonly deployed: readonly DeployedStack[];
  /** What the checkout keeps. @default nothing */
  readonly rules: Rules | undefined;
  readonly TableName: string;
}

/** Who is asked about them. */
export interface BackfillClients {
  readonly dynamodb: DynamoDBClient;
  readonly lambda: LambdaClient;
  readonly stepFunctions: SFNClient;
}

/**
 * Why a backfill would not complete a stage: whatever may write there by other rules than those of the checkout would undo what it does. One sentence for
 * each reason, with the remedy.
 */
export async function standsAgainst(
  facts: BackfillFacts,
  { dynamodb, lambda, stepFunctions }: BackfillClients,
): Promise<readonly string[]> {
  const { stage, deployed, rules, TableName } = facts;
  const busy = deployed.flatMap(stuck);
  if (busy.length > 0) return busy;
  const running = deployed.map(({ template }) => template.Metadata?.holdfast?.rules).find(Boolean);
  if (!isDeepStrictEqual(running, rules))
    return [
      `stage ${stage} keeps ${worded(running)}, and this checkout ${worded(rules)}; check the deployed release out, or deploy this one`,
    ];
  const shifting = await withTwoVersions(lambda, deployed);
  const older = await machinesWithOlderExecutions(stepFunctions, deployed);
  const unmade = await indexesInTheMaking(dynamodb, TableName);
  return [
    ...(shifting.length > 0
      ? [
          `traffic is being shifted from the release before (${shifting.join(', ')}); run it again when the deployment has ended`,
        ]
      : []),
    ...older.map(
      (name) =>
        `executions of ${name} run that began with an older release, and end what they began by its code; run it again when they have ended (GET /operations?state=running)`,
    ),
    ...(unmade.length > 0
      ? [`DynamoDB is still making ${unmade.join(', ')} of table ${TableName}; run it again when it has`]
      : []),
  ];
}

const worded = (rules: Rules = {}) =>
  Object.entries(rules)
    .flatMap(([resource, all]) =>
      Object.entries(all).map(([rule, words]) => `${rule} of ${resource} (${words})`),
    )
    .join(', ') || 'nothing that a backfill completes';

/** Functions whose alias leads to two versions: their names. */
async function withTwoVersions(
  client: LambdaClient,
  deployed: readonly DeployedStack[],
): Promise<readonly string[]> {
  const aliases = deployed
    .flatMap(({ resources }) => resources)
    .filter(({ type }) => type === 'AWS::Lambda::Alias')
    // arn:aws:lambda:eu-central-1:123456789012:function:NAME:ALIAS
    .map(({ physicalId }) => physicalId.split(':').slice(-2));
  const shifting: string[] = [];
  for (const [FunctionName = '', Name = ''] of aliases) {
    const { RoutingConfig } = await client.send(new GetAliasCommand({ FunctionName, Name }));
    if (Object.keys(RoutingConfig?.AdditionalVersionWeights ?? {}).length > 0) shifting.push(FunctionName);
  }
  return shifting;
}

async function indexesInTheMaking(client: DynamoDBClient, TableName: string): Promise<readonly string[]> {
  const { Table } = await client.send(new DescribeTableCommand({ TableName }));
  return (Table?.GlobalSecondaryIndexes ?? [])
    .filter(({ IndexStatus }) => IndexStatus !== 'ACTIVE')
    .map(({ IndexName }) => `index ${IndexName}`);
}
