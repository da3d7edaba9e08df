import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../root.ts';
import { mintToken } from './issuer.ts';
import { startLocalCloud } from './local-cloud.ts';
import { watchNpm } from './npm-parent.ts';
import { relay } from './relay.ts';
import { writeSamProject } from './sam-project.ts';
import { readSettings } from './settings.ts';

/** What it cannot do without, the command that shows that it is there, and what to do where it is not. */
const NEEDED = [
  ['docker', ['info'], 'Docker does not run on this machine; start it, or use npm start, which needs none'],
  [
    'sam',
    ['--version'],
    'there is no AWS SAM CLI on this machine (pip install aws-sam-cli); install it, or use npm start, which needs none',
  ],
] as const;

/**
 * `npm run sam`: `sam local start-api` serves the functions of the API in Docker; all that they call, and the functions
 * that follow streams, queues and state machines, run on this machine as under `npm start`.
 * @throws Error where something that it needs is missing
 */
export async function runSam(
  options: { readonly host: string | undefined },
  environment: NodeJS.ProcessEnv,
): Promise<void> {
  const settings = readSettings({}, environment);
  const host = options.host ?? dockerBridge() ?? 'host.docker.internal';
  for (const [command, probe, remedy] of NEEDED) {
    const { status } = spawnSync(command, probe, { env: environment, stdio: 'ignore' });
    if (status !== 0) throw new Error(remedy);
  }
  const cloud = await startLocalCloud({ ...settings, port: 0 }, (line) => console.error(line));
  const { stacks, site, awsUrl } = cloud;
  const project = await writeSamProject({ stacks, site, awsUrl, host, folder: join(ROOT, '.holdfast/sam') });
  const ours = Object.values(networkInterfaces()).flat();
  if (ours.some((each) => each?.address === host && !each.internal))
    await Promise.all(project.ports.map((port) => relay(host, port)));
  const token = await mintToken({ tenant: 'acme', subject: 'alice', scopes: 'payouts:* operations:*' });
  console.log(`TOKEN=${token}`);
  const sam = spawn('sam', samArguments(project, settings.port), {
    env: { ...environment, SAM_CLI_TELEMETRY: '0' },
    stdio: 'inherit',
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => sam.kill('SIGINT'));
  if (settings.startedByNpm) await watchNpm(() => sam.kill('SIGINT'));
  const [code] = await once(sam, 'exit');
  await cloud.close();
  process.exit(code ?? 1);
}

const samArguments = ({ template, environment }: { template: string; environment: string }, port: number) => [
  'local',
  'start-api',
  '--template',
  template,
  '--env-vars',
  environment,
  '--port',
  String(port),
  // Else each request starts a container of its own.
  '--warm-containers',
  'LAZY',
];

/** This machine's address in Docker's own network, on Linux; Docker Desktop has a name for it instead. */
const dockerBridge = (): string | undefined =>
  networkInterfaces().docker0?.find(({ family }) => family === 'IPv4')?.address;
