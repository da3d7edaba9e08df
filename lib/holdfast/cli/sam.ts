import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { arch } from 'node:os';
import { join } from 'node:path';
import { codeOf } from '../core/values/error-code.ts';
import { portOf } from '../local/listening.ts';
import { startLocalCloud } from '../local/local-cloud.ts';
import { watchNpm } from '../local/npm-parent.ts';
import { readSettings } from '../local/settings.ts';
import { findContainerHost } from '../sam/container-host.ts';
import { dockerIn, engineEndpoint, removeSamContainers, requireEngine, requireImage } from '../sam/docker.ts';
import { requireSam, startSam } from '../sam/sam-process.ts';
import { writeSamProject } from '../sam/sam-project.ts';
import { ROOT } from '../service/project.ts';
import { announce } from './start.ts';

/** What it may be told. */
export interface SamOptions {
  /** What containers call this machine. @default what one of them has reached it at */
  readonly host: string | undefined;
  /** In place of AWS's image of Node. */
  readonly image: string | undefined;
  /** Proves all of it, in Docker, and ends. */
  readonly check: boolean;
}

/** AWS's image of the runtime that the functions have; SAM names it so as well. */
const IMAGE = `public.ecr.aws/lambda/nodejs:24-${arch() === 'arm64' ? 'arm64' : 'x86_64'}`;

/**
 * `npm run sam`: `sam local start-api` serves the functions of the API in Docker; all that they call, and the functions
 * that follow streams, queues and state machines, run on this machine as under `npm start`. Nothing is written or
 * started before all that it needs is there, and no container of this run is left when it ends.
 * @throws Error where something that it needs is missing
 */
export async function runSam(
  { host, image = IMAGE, check }: SamOptions,
  environment: NodeJS.ProcessEnv,
): Promise<void> {
  if (check) return await runCheck();
  const settings = readSettings({}, environment);
  const print = (line: string) => console.error(line);
  const { port, release } = await reservePort(settings.port);
  const docker = dockerIn(environment);
  await requireEngine(docker);
  await requireSam(environment);
  const pull = !/^(1|t|true|y|yes|on)$/i.test(environment.SAM_SKIP_PULL_IMAGE ?? '');
  await requireImage(docker, { image, pull, print });
  const containerHost = await findContainerHost(docker, image, host);

  const cloud = await startLocalCloud({ ...settings, port: 0 }, print);
  const { stacks, site, awsUrl } = cloud;
  const folder = join(ROOT, '.holdfast/sam');
  const project = await writeSamProject({ stacks, site, awsUrl, host: containerHost.host, folder });
  await Promise.all(project.ports.map((each) => containerHost.serve(each)));
  await release();
  const endpoint = await engineEndpoint(docker);
  const sam = startSam({
    project,
    port,
    ...(image !== IMAGE && { image }),
    environment: { ...(endpoint !== undefined && { DOCKER_HOST: endpoint }), ...environment },
  });
  let asked = false;
  const end = () => {
    asked = true;
    sam.end();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);
  if (settings.startedByNpm) await watchNpm(end);
  if (await sam.served) await announce(cloud, `http://127.0.0.1:${port}`);
  const code = await sam.ended;
  const left = await removeSamContainers(docker, project.mark).finally(() => cloud.close());
  if (left > 0) print(`removed ${left} container${left === 1 ? '' : 's'} that SAM had left`);
  process.exit(asked ? 0 : code);
}

/** The contract suite, which it runs, is no part of what is started here. */
async function runCheck(): Promise<void> {
  const checking = spawn(process.execPath, ['--no-warnings', join(ROOT, 'test/holdfast/e2e/sam/check.ts')], {
    stdio: 'inherit',
  });
  // A terminal interrupts both; the check then ends, and we with it.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => checking.kill(signal));
  const [code] = await once(checking, 'exit');
  process.exit(code ?? 1);
}

/**
 * Holds a port of 127.0.0.1 until SAM takes it, so that one in use is known before anything is started.
 * @param wanted 0 for any free one
 */
async function reservePort(wanted: number): Promise<{ port: number; release(): Promise<unknown> }> {
  const server = createServer((socket) => socket.destroy());
  try {
    await once(server.listen(wanted, '127.0.0.1'), 'listening');
  } catch (error) {
    if (codeOf(error) !== 'EADDRINUSE') throw error;
    throw new Error(`port ${wanted} is in use; set another, as in PORT=${wanted + 1} npm run sam`, {
      cause: error,
    });
  }
  return { port: portOf(server), release: async () => once(server.close(), 'close') };
}
