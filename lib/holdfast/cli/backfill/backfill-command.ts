import { backfill } from '../../backfill/backfill.ts';
import { LOCAL_TABLE } from '../../backfill/complete-locally.ts';
import { toldOf } from '../../backfill/told.ts';
import { localClient } from '../../local/dynamodb/dynamodb.ts';
import { ABOUT_PATH } from '../../local/gateway/gateway.ts';
import { loadRegistry } from '../../service/registry.ts';
import { UsageError } from '../command/command.ts';
import { ask, serviceUrl } from '../service-options.ts';
import { backfillStage } from './backfill-stage.ts';

interface Options {
  readonly url: string | undefined;
  /** @default the local cloud */
  readonly stage: string | undefined;
  readonly rate: string;
  readonly yes: boolean;
}

/**
 * Gives the items of a stage what the release that runs keeps with each version: of the local cloud at once, of a deployed one with `--yes`.
 * @throws UsageError for a rate that is not allowed; Error with what stands against it, and the remedy
 */
export async function backfillCommand(
  { url, stage, rate: given, yes }: Options,
  environment: NodeJS.ProcessEnv,
  print: (line: string) => void,
): Promise<void> {
  const rate = Number(given);
  if (!(rate >= 1 && rate <= 10_000))
    throw new UsageError(`--rate is '${given}'; give writes per second, from 1 to 10000`);
  if (stage !== undefined) return backfillStage({ stage, rate, yes }, print);
  const local = await serviceUrl({ url, stage }, environment);
  const about = await ask(local, ABOUT_PATH, {});
  const { dynamodbUrl }: { readonly dynamodbUrl?: string } = about.ok ? JSON.parse(await about.text()) : {};
  if (dynamodbUrl === undefined)
    throw new Error(`${local} is no local cloud; name a deployed stage by --stage`);
  const { resources } = await loadRegistry();
  const client = localClient(dynamodbUrl);
  try {
    const done = await backfill({
      client,
      TableName: LOCAL_TABLE,
      resources: resources.map(({ definition }) => definition),
      rate,
    });
    for (const line of toldOf(done)) print(line);
  } finally {
    client.destroy();
  }
}
