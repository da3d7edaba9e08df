import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { deployedOutputs } from '../../../lib/holdfast/cli/account/deployed.ts';
import { stackNames } from '../../../lib/holdfast/cli/deploy/release-plan.ts';
import { stageNames } from '../../../lib/holdfast/service/config.ts';
import type { Command } from '../support/command.ts';
import { isLoopback } from './account.ts';
import type { Deployed } from './deployment.ts';
import { skips } from './skips.ts';
import { runContractSuite } from './suite.ts';
import { type TokenOptions, tokensFor } from './tokens.ts';

/** A deployment that is there. */
export interface DeployedOptions extends Omit<TokenOptions, 'url'> {
  /** @default that of the stage */
  readonly baseUrl: string | undefined;
}

/**
 * The contract suite against a deployment that is there.
 * @returns how many tests have passed
 * @throws Error when nothing can make tokens for it, or a test fails
 */
export async function testDeployed(
  { baseUrl, stage: named, ...tokens }: DeployedOptions,
  command: Command,
  say: (line: string) => void,
): Promise<number> {
  const stage = named ?? (await stageAt(baseUrl ?? '', tokens));
  const service = await whereIs(baseUrl, stage, named !== undefined);
  const { tokenCommand, skipped: ofTokens } = await tokensFor(
    { ...tokens, stage, url: service.url },
    command,
    say,
  );
  const skipped = [...ofTokens, ...(isEmulated(service.url) ? skips : [])];
  say(`contract suite against ${service.url}`);
  await using closing = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-e2e-'));
  closing.defer(() => rm(folder, { recursive: true, force: true }));
  const tests = await runContractSuite({
    command,
    service,
    skipped: skipped.map(({ names }) => names),
    folder,
    ...(tokenCommand !== undefined && { tokenCommand }),
    ...(!isLoopback(service.url) && { requestsPerSecond: SLOWEST_THROTTLE }),
  });
  say(
    `contract suite: ${tests} tests passed, ${skipped.length === 0 ? 'none' : `those of ${skipped.length} kinds`} skipped`,
  );
  for (const { names, because } of skipped) say(`  skipped: ${names.source} (${because})`);
  return tests;
}

/** Below that of stage dev, which is 20. */
const SLOWEST_THROTTLE = 15;

/** As `emulatedUrl` has it. */
const isEmulated = (url: string) => isLoopback(url) && new URL(url).pathname.startsWith('/_aws/');

/** Host and path that API Gateway gives a stage (https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-call-api.html). */
const OF_GATEWAY = /^https:\/\/[a-z0-9]+\.execute-api\.([a-z0-9-]+)\.amazonaws\.com\/([^/]+)\/?$/;

/** The stage whose URL it is; undefined where API Gateway has not made it, or where tokens are given. */
async function stageAt(
  baseUrl: string,
  { token, tokenCommand }: Pick<TokenOptions, 'token' | 'tokenCommand'>,
): Promise<string | undefined> {
  const [, region, stage = ''] = OF_GATEWAY.exec(baseUrl) ?? [];
  if (region === undefined || token !== undefined || tokenCommand !== undefined) return undefined;
  if (!stageNames.includes(stage)) return undefined;
  // Whatever the credentials' own region is: the stage is there.
  process.env.AWS_REGION = region;
  const found = await urlOf(stage);
  if (found !== undefined && sameUrl(found, baseUrl)) return stage;
  throw new Error(
    `--base-url is '${baseUrl}', and stage ${stage} is ${found === undefined ? 'not deployed' : `at ${found}`} in ${region} for the credentials that are used; check AWS_PROFILE, or name another stage by --stage`,
  );
}

const sameUrl = (one: string, other: string) => one.replace(/\/$/, '') === other.replace(/\/$/, '');

const urlOf = async (stage: string): Promise<string | undefined> =>
  (await deployedOutputs(new CloudFormationClient({}), stackNames(stage).service))?.ApiUrl;

async function whereIs(
  baseUrl: string | undefined,
  stage: string | undefined,
  named: boolean,
): Promise<Pick<Deployed, 'url'> & Partial<Deployed>> {
  const own = stage !== undefined && named ? await urlOf(stage) : undefined;
  const url = baseUrl ?? own;
  if (url === undefined)
    throw new Error(`stage ${stage} is not deployed here; npm run deploy -- --stage ${stage}`);
  return {
    url: url.replace(/\/$/, ''),
    // A proxy before the service may have a path of its own, which the service's links do not have.
    ...(own !== undefined && { basePath: new URL(own).pathname.replace(/\/$/, '') }),
  };
}
