import { rmSync } from 'node:fs';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { build } from 'esbuild';
import type { Site } from '../core/site-file.ts';
import { checkStatus } from '../service/check-status.ts';
import { type StageConfig, stageConfig } from '../service/config.ts';
import type { Service } from '../service/define-service.ts';
import { ROOT } from '../service/project.ts';
import { loadRegistry, partnersOf, type Registry } from '../service/registry.ts';
import type { StageSettings } from '../service/stage-settings.ts';
import { buildSite } from '../site/site.ts';
import { bundleOptions } from './bundles/bundle.ts';
import { allEntries, type FunctionEntry } from './bundles/function-entry.ts';
import { ServiceStack } from './stacks/service-stack.ts';
import { StateStack } from './stacks/state-stack.ts';
import { readFrozen } from './templates/frozen.ts';
import { type Kept, keepDeployed } from './templates/kept.ts';
import type { Nesting } from './templates/nests.ts';

/** How the app is made; the templates are a function of this and of the files in the repository, and of nothing else. */
export interface AppOptions {
  /** Name of a stage in `lib/service.ts`. */
  readonly stage: string;
  /** Takes the place of the service in `lib/service.ts`. @default that one */
  readonly service?: Service;
  /** Takes the place of the stage's own identity. @default that of the stage */
  readonly identity?: { readonly issuer: string; readonly audience: string; readonly jwksUri: string };
  /** Settings that take the place of the stage's own. @default none */
  readonly settings?: Partial<StageSettings>;
  /** Where every partner is simulated, each below its name. @default partners are where the stage says */
  readonly partnersUrl?: string;
  /** Executions of functions that the account may have at once. @default what `lib/service.ts` has */
  readonly concurrency?: number;
  /** Whether the account has room for reserved executions. @default nobody knows, and nothing is reserved */
  readonly reserve?: boolean;
  /** What the state stack keeps of the deployed one, besides its own. @default nothing */
  readonly keep?: Kept;
  /** `none` leaves the functions without code, for one who reads only the templates. */
  readonly bundles: 'none' | 'deploy';
  /** Where the cloud assembly is written. @default chosen by the CDK CLI */
  readonly outdir?: string;
  /** Context given on the command line; that of `cdk.json` is read here, so that every way to synthesize has it. */
  readonly context?: Readonly<Record<string, unknown>>;
}

/**
 * The CDK app: a state stack, whose tables are kept, and a service stack, which may be replaced.
 * @throws Error that names the file and the remedy when a definition or a setting is not valid
 */
export async function buildApp(options: AppOptions): Promise<App> {
  return (await buildService(options)).app;
}

/** The CDK app, and the nested stack that each function of a route has come to live in. */
export async function buildService({
  stage,
  service: of,
  identity,
  settings,
  partnersUrl,
  concurrency,
  reserve,
  keep,
  bundles,
  outdir,
  context,
}: AppOptions): Promise<{
  readonly app: App;
  readonly nests: Nesting;
  readonly stacks: { readonly state: StateStack; readonly service: ServiceStack };
  /** The documentation of the stage. */
  readonly site: () => Promise<Site>;
}> {
  const registry = await loadRegistry();
  const config = stageConfig(
    stage,
    {
      ...settings,
      ...(identity && { identity }),
      ...(partnersUrl !== undefined && { partners: simulated(registry, partnersUrl) }),
    },
    { ...(concurrency !== undefined && { concurrency }), ...(reserve !== undefined && { reserve }) },
    of,
  );
  checkDefaultVersion(config, registry);
  checkStatus(
    config,
    registry.operations.map(({ definition }) => definition),
  );
  const entries = allEntries(registry, config);
  const site = () => buildSite(registry, config);
  const code = bundles === 'none' ? () => NO_CODE : await bundle(entries, await site());
  const app = new App({
    ...(outdir !== undefined && { outdir }),
    context: { ...(await cdkContext()), ...context },
    analyticsReporting: false,
  });
  const state = new StateStack(app, `${config.namePrefix}-state`, { config, registry });
  if (keep !== undefined) keepDeployed(state, keep);
  const nesting = readFrozen().nests;
  const service = new ServiceStack(app, `${config.namePrefix}-service`, {
    config,
    registry,
    state,
    code,
    nesting,
  });
  return { app, nests: service.nests.placed, stacks: { state, service }, site };
}

const simulated = (registry: Registry, url: string) =>
  Object.fromEntries(
    partnersOf(registry).map(({ name, credentials }) => [
      name,
      {
        url: `${url}/${name}`,
        ...(credentials?.kind === 'oauth2' && { tokenUrl: `${url}/tokens/${name}` }),
      },
    ]),
  );

function checkDefaultVersion(
  { stage, service, defaultApiVersion }: StageConfig,
  { versions }: Registry,
): void {
  const served = [service.apiVersion, ...versions.map(({ definition }) => definition.version)];
  if (served.includes(defaultApiVersion)) return;
  throw new Error(
    `defaultApiVersion '${defaultApiVersion}' of stage '${stage}' in lib/service.ts is not served; choose from ${served.join(', ')}`,
  );
}

const NO_CODE = Code.fromInline('// served from source by the local cloud');

async function cdkContext(): Promise<Record<string, unknown>> {
  return JSON.parse(await readFile(join(ROOT, 'cdk.json'), 'utf8')).context;
}

/** Bundles every function in one run, which takes far less time than a run for each. Assets are copied from there. */
async function bundle(
  entries: readonly FunctionEntry[],
  site: Site,
): Promise<(entry: FunctionEntry) => Code> {
  const outdir = await mkdtemp(join(tmpdir(), 'holdfast-bundles-'));
  process.on('exit', () => rmSync(outdir, { recursive: true, force: true }));
  await build(bundleOptions(entries, { outdir, mode: 'deploy', site }));
  return ({ name }) => Code.fromAsset(join(outdir, name));
}
