import { readPort } from '../local/settings.ts';
import { namePrefixOf } from '../service/define-service.ts';
import { service } from '../service/project.ts';
import { type Options, UsageError } from './command/command.ts';

/** Which service a command asks: every command that asks one takes these. */
export const SERVICE_OPTIONS = {
  url: { value: 'URL', summary: 'of the service (that of --stage; else http://127.0.0.1:PORT)' },
  stage: { value: 'STAGE', summary: 'a deployed stage (none: the service that npm start runs)' },
} as const satisfies Options;

/** Variables that they read. */
export const SERVICE_ENVIRONMENT = { PORT: 'of the service that npm start runs (3000)' };

interface Asked {
  readonly url: string | undefined;
  readonly stage: string | undefined;
}

/**
 * Where the service is: at `--url`, else where the stage's stack says, else on `PORT` of this machine.
 * @throws UsageError for what is no URL or no port; Error for a stage that is not deployed
 */
export async function serviceUrl({ url, stage }: Asked, environment: NodeJS.ProcessEnv): Promise<string> {
  if (url !== undefined) {
    if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return url.replace(/\/+$/, '');
    throw new UsageError(`--url is '${url}'; give a URL such as http://127.0.0.1:3000`);
  }
  if (stage === undefined) return `http://127.0.0.1:${readPort(environment)}`;
  const [{ CloudFormationClient }, { deployedOutputs }] = await Promise.all([
    import('@aws-sdk/client-cloudformation'),
    import('./account/deployed.ts'),
  ]);
  const outputs = await deployedOutputs(
    new CloudFormationClient({}),
    `${namePrefixOf(stage, service)}-service`,
  );
  const found = outputs?.ApiUrl;
  if (found === undefined)
    throw new Error(`stage ${stage} is not deployed here; npm run deploy -- --stage ${stage}`);
  return found.replace(/\/+$/, '');
}

/**
 * Sends a request to a service.
 * @throws Error that names the service and the remedy, where none answers there
 */
export async function ask(url: string, path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(`${url}${path}`, init);
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : error;
    throw new Error(
      `no service answers at ${url} (${cause}); start it by npm start, or name another one by PORT, --url or --stage`,
      { cause: error },
    );
  }
}
