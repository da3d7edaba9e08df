import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { watchNpm } from '../../../../lib/holdfast/local/npm-parent.ts';
import { type Docker, DockerError, dockerIn } from '../../../../lib/holdfast/sam/docker.ts';
import { ROOT } from '../../../../lib/holdfast/service/project.ts';
import { commands } from '../../support/command.ts';
import { run } from '../../support/process.ts';
import { pythonEnvironment } from '../../support/python.ts';
import { disburse } from '../disbursement.ts';
import { runDifferingSuite } from '../suite.ts';
import { addedHeaders, differences, knownFailures } from './differences.ts';
import { makeImage } from './image.ts';

/** Ours alone: it is made and removed by each run. */
const IMAGE = 'holdfast/sam-check';

const start = Date.now();
const say = (line: string) =>
  console.log(`${((Date.now() - start) / 1000).toFixed(1).padStart(6)} s  ${line}`);

const interruption = new AbortController();
const { signal } = interruption;
const interrupt = () => interruption.abort();
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, interrupt);
await watchNpm(interrupt);

const docker = dockerIn(process.env);
const engine = await docker('info').catch((error: unknown) => {
  if (error instanceof DockerError) return error;
  throw error;
});
if (engine instanceof DockerError) {
  console.log(`sam: skipped, since no Docker engine answers (${engine.message})`);
} else {
  try {
    console.log(`sam: ${await check(docker)}`);
  } catch (error) {
    console.error(signal.aborted ? 'interrupted' : error instanceof Error ? error.message : error);
    console.log('sam: failed');
    process.exitCode = 1;
  }
}
process.exit();

/**
 * `npm run sam` as a person uses it, from its start to Ctrl-C, in Docker.
 * @returns what has been shown
 * @throws Error when something is not as it should be
 */
async function check(engine: Docker): Promise<string> {
  const command = commands(signal);
  await using closing = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-sam-'));
  closing.defer(() => rm(folder, { recursive: true, force: true }));
  say('Python environment with the SAM CLI');
  const program = await pythonEnvironment(command, {
    command: 'npm run sam -- --check',
    purpose: 'the SAM CLI',
    requirements: join(import.meta.dirname, 'requirements.txt'),
    folder: 'sam-python',
  });
  closing.defer(async () => {
    const images = await engine('images', '--quiet', IMAGE);
    if (images !== '') await engine('rmi', '--force', ...new Set(images.split('\n')));
  });
  await makeImage(command, IMAGE, folder);
  say(`image ${IMAGE}, of this machine's Node and AWS's runtime interface client`);

  const before = await containers(engine);
  // With npm and all that it starts, as a terminal would interrupt it.
  const sam = run('npm', ['run', '--silent', 'sam', '--', '--image', IMAGE], {
    cwd: ROOT,
    env: { PORT: '0', PATH: `${join(program('sam'), '..')}:${process.env.PATH}` },
    detached: true,
  });
  closing.defer(async () => void (await sam.end('SIGINT')));
  signal.addEventListener('abort', () => void sam.end('SIGINT'));
  const [, url = ''] = await sam.line(/^ready (.*)/);
  const [, partners = ''] = await sam.line(/^simulated partners: (\S+)\/ledger/);
  say(`${url} serves, with ${before.length} other containers on this machine`);

  const known = knownFailures;
  const passed = await runDifferingSuite(
    { command, service: { url }, folder, addedHeaders, partnersUrl: partners },
    known,
  );
  say(`contract suite: ${passed} tests passed, ${known.length} fail as SAM's gateway makes them`);
  for (const { because, tests } of differences) say(`  ${tests.length} fail: ${because}`);
  assert.equal((await fetch(`${url}/openapi.json`, { method: 'HEAD' })).status, 502, 'HEAD is answered');
  await disburse(url, partners);
  say('disbursement: screening called back, the bank paid once');

  const during = await containers(engine);
  await sam.end('SIGINT');
  const left = (await containers(engine)).filter((id) => !before.includes(id));
  assert.deepEqual(left, [], 'containers that it has left');
  say(`Ctrl-C: ended, and its ${during.length - before.length} containers with it`);
  return `${passed} tests passed, ${known.length} known differences, 1 disbursement, no container left`;
}

async function containers(engine: Docker): Promise<readonly string[]> {
  return (await engine('ps', '--all', '--quiet', '--no-trunc')).split('\n').filter((id) => id !== '');
}
