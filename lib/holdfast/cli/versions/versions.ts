import { ABOUT_PATH } from '../../local/gateway/gateway.ts';
import { service } from '../../service/project.ts';
import { loadRegistry } from '../../service/registry.ts';
import { ask, serviceUrl } from '../service-options.ts';
import { stageUsage } from './stage-usage.ts';
import type { Usage } from './usage.ts';
import { versionsTable } from './versions-table.ts';

interface VersionsOptions {
  readonly url: string | undefined;
  /** @default the local cloud */
  readonly stage: string | undefined;
}

/**
 * `npm run versions`: which client was seen last in which version, and which version may go.
 * @param today RFC 3339 date
 * @throws Error where the stage is not deployed, or no local cloud answers
 */
export async function versionsCommand(
  { url, stage }: VersionsOptions,
  environment: NodeJS.ProcessEnv,
  today: string,
  print: (line: string) => void,
): Promise<void> {
  const registry = await loadRegistry();
  const older = registry.versions.map(({ definition }) => definition);
  const newest = service.apiVersion;
  const versions = [newest, ...older.map(({ version }) => version)];
  const usage =
    stage === undefined
      ? await localUsage(await serviceUrl({ url, stage }, environment))
      : await stageUsage(stage, versions, today, environment);
  for (const line of versionsTable({ newest, older, usage, today })) print(line.trimEnd());
}

/** What a local cloud has seen since it was started, which it tells whoever asks it of itself. */
async function localUsage(url: string): Promise<Usage> {
  const answer = await ask(url, ABOUT_PATH, {});
  const { seen }: { readonly seen?: Usage } = JSON.parse(answer.ok ? await answer.text() : '{}');
  if (seen !== undefined) return seen;
  throw new Error(
    `the service at ${url} is no local cloud, whose log alone is read; name a deployed stage by --stage STAGE`,
  );
}
