import { mintToken } from '../local/issuer.ts';
import { type LocalCloud, startLocalCloud } from '../local/local-cloud.ts';
import { watchNpm } from '../local/npm-parent.ts';
import { readSettings, type StartOptions } from '../local/settings.ts';
import { loadRegistry } from '../service/registry.ts';
import { everyScope } from './token.ts';

/** `npm start`: serves until it is told to end, and leaves nothing behind. */
export async function runLocalCloud(options: StartOptions, environment: NodeJS.ProcessEnv): Promise<void> {
  const settings = readSettings(options, environment);
  let close: LocalCloud['close'] = async () => undefined;
  let isEnding = false;
  const end = async () => {
    isEnding = true;
    await close();
    process.exit(0);
  };
  // From the first moment on: what a start that is interrupted has made is removed as well.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, end);
  const cloud = await startLocalCloud(
    settings,
    (line) => console.error(line),
    (ending) => {
      close = ending;
    },
  ).catch((error: unknown) => {
    if (!isEnding) throw error;
    // What it began is being ended under its hands, which is no fault; the process ends when that is done.
    return new Promise<never>(() => undefined);
  });
  if (settings.startedByNpm) await watchNpm(() => void end());
  await announce(cloud, cloud.url);
}

/** Tells that it serves, and what to try. */
export async function announce(
  { partnersUrl, stepFunctionsUrl, sqsUrl }: LocalCloud,
  url: string,
): Promise<void> {
  const token = await mintToken({ tenant: 'acme', subject: 'alice', scopes: await everyScope() });
  const [first] = (await loadRegistry()).resources;
  console.log(`ready ${url}`);
  console.log(`\ntry it, as alice of acme (npm run --silent token -- --help prints tokens for others):\n`);
  console.log(`TOKEN=${token}`);
  console.log(`curl -i ${url}/${first?.definition.name ?? 'health'} -H "Authorization: Bearer $TOKEN"`);
  console.log(`\nsimulated partners: ${partnersUrl}/ledger tells what they really did`);
  console.log(`state machines: ${stepFunctionsUrl}`);
  console.log(`queues: ${sqsUrl}\n`);
}
