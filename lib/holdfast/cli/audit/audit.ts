import { notYetEnforced } from '../../backfill/completed.ts';
import { localClient } from '../../local/dynamodb/dynamodb.ts';
import { ABOUT_PATH } from '../../local/gateway/gateway.ts';
import { namePrefixOf } from '../../service/define-service.ts';
import { service } from '../../service/project.ts';
import { loadRegistry } from '../../service/registry.ts';
import { ask, serviceUrl } from '../service-options.ts';
import { walked } from './table.ts';
import { tearsIn } from './walk.ts';

interface Options {
  readonly url: string | undefined;
  readonly stage: string | undefined;
  /** @default the stage's own */
  readonly table: string | undefined;
}

/** The table of resources, as the state stack of a stage calls it. */
const RECORDS = 'RecordsTable';

/**
 * Walks the table of a stage, or of the service that npm start runs, and prints whatever does not fit, with what puts it right;
 * nothing is written.
 * @returns the exit status: 1 where something does not fit
 * @throws Error for a stage or a service that is not there
 */
export async function audit(
  { url, stage, table }: Options,
  environment: NodeJS.ProcessEnv,
  print: (line: string) => void,
): Promise<number> {
  const { resources } = await loadRegistry();
  const { client, name } =
    stage === undefined
      ? await localTable(await serviceUrl({ url, stage }, environment))
      : await stageTable(stage);
  let [seen, torn] = [0, 0];
  const records = walked(client, table ?? name, resources, () => seen++);
  try {
    for await (const { what, repair } of tearsIn(records)) {
      torn++;
      print(`torn: ${what}\n      ${repair}`);
    }
    const definitions = resources.map(({ definition }) => definition);
    for (const rule of await notYetEnforced({ client, TableName: table ?? name }, definitions))
      print(`not yet enforced: ${rule}; npm run backfill gives what was there before what it lacks`);
  } finally {
    client.destroy();
  }
  print(`${seen} records of ${table ?? name}: ${torn === 0 ? 'all fit' : `${torn} torn`}`);
  return torn === 0 ? 0 : 1;
}

async function localTable(url: string) {
  const answer = await ask(url, ABOUT_PATH, {});
  const { dynamodbUrl }: { readonly dynamodbUrl?: string } = JSON.parse(
    answer.ok ? await answer.text() : '{}',
  );
  if (dynamodbUrl !== undefined) return { client: localClient(dynamodbUrl), name: RECORDS };
  throw new Error(`the service at ${url} is no local cloud; name a deployed stage by --stage STAGE`);
}

async function stageTable(stage: string) {
  const [{ CloudFormationClient }, { DynamoDBClient: Client }, { stackResources }] = await Promise.all([
    import('@aws-sdk/client-cloudformation'),
    import('@aws-sdk/client-dynamodb'),
    import('../account/deployed.ts'),
  ]);
  const resources = await stackResources(
    new CloudFormationClient({}),
    `${namePrefixOf(stage, service)}-state`,
  );
  const table = resources.find(({ logicalId }) => logicalId === RECORDS);
  if (table === undefined)
    throw new Error(`stage ${stage} is not deployed here; npm run deploy -- --stage ${stage}`);
  return { client: new Client({}), name: table.physicalId };
}
