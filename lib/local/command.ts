import { mintToken } from './issuer.ts';
import { startLocalCloud } from './local-cloud.ts';
import { readSettings } from './settings.ts';

/** How often to look whether npm, which passes no signal on when it is killed, is still there. */
const PARENT_CHECK_MS = 500;

/** `npm start`: serves until it is told to end, and leaves nothing behind. */
export async function runLocalCloud(args: readonly string[], environment: NodeJS.ProcessEnv): Promise<void> {
  const settings = readSettings(args, environment);
  const cloud = await startLocalCloud(settings, (line) => console.error(line));
  const end = async () => {
    await cloud.close();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, end);
  if (settings.startedByNpm) {
    const parent = process.ppid;
    setInterval(() => process.ppid !== parent && void end(), PARENT_CHECK_MS).unref();
  }
  const token = await mintToken({ tenant: 'acme', subject: 'alice', scopes: 'payouts:* operations:*' });
  console.log(`ready ${cloud.url}`);
  console.log(`\ntry it, as alice of acme (npm run --silent token -- --help prints tokens for others):\n`);
  console.log(`TOKEN=${token}`);
  console.log(`curl -i ${cloud.url}/payouts -H "Authorization: Bearer $TOKEN"`);
}
