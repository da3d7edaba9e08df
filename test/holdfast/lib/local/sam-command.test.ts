import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { ROOT } from '../../../../lib/holdfast/service/project.ts';
import { type SamMachine, samMachine } from '../../support/sam-machine.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const machine = async (commands?: readonly ('docker' | 'sam')[]): Promise<SamMachine> => {
  const made = await samMachine(commands);
  closing.push(() => made.remove());
  return made;
};

/** What a run says that ends by itself, before it starts anything. */
const refused = async (
  { sam }: SamMachine,
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
) => {
  const running = sam(args, env);
  return { code: await running.ended, lines: running.lines };
};

const project = () => stat(join(ROOT, '.holdfast/sam')).catch(() => undefined);

describe('npm run sam', () => {
  test('G1, G2, G3: on plain Linux it serves at the idle bridge, tells that it is ready, and leaves no container', async () => {
    const { bridge, sam, read } = await machine();
    const running = sam();
    closing.push(() => running.end('SIGKILL'));
    const [, url = ''] = await running.line(/^ready (.*)/);
    await running.line(/^TOKEN=ey/);
    const lines = [...running.lines];
    const environment = JSON.parse(await read('environment'));

    // The function's call of AWS, which comes through the bridge.
    const served = await (await fetch(url)).text();
    // A terminal interrupts the group; npm hands the interrupt on.
    const ended = running.end('SIGINT');
    running.child.kill('SIGINT');
    const code = await ended;
    const calls = await read('calls');

    expect(served).toBe('400');
    expect(await read('calls')).toContain(`${bridge}:`);
    expect(lines.findIndex((line) => line.startsWith('ready'))).toBeGreaterThan(
      lines.indexOf('Press CTRL+C to quit'),
    );
    expect(environment).toMatchObject({
      DOCKER_HOST: 'unix:///run/engine-of-the-context.sock',
      SAM_SKIP_PULL_IMAGE: 'true',
    });
    expect(calls.match(/^sam SIGINT$/gm)).toHaveLength(1);
    expect(running.lines).toContain('sam: containers removed');
    expect(calls.match(/^docker rm .*$/gm)).toEqual(['docker rm --force ours']);
    expect(running.lines).toContain('removed 1 container that SAM had left');
    expect(code).toBe(0);
  }, 180_000);

  test('G2: killed, it has SAM remove its containers all the same', async () => {
    const { sam, read } = await machine();
    const running = sam();
    closing.push(() => running.end('SIGKILL'));
    await running.line(/^ready/);

    running.child.kill('SIGKILL');
    await running.ended;
    const calls = await read('calls');

    expect(running.lines).toContain('sam: containers removed');
    expect(calls.match(/^sam SIGINT$/gm)).toHaveLength(1);
  }, 180_000);

  test('G3: a taken port is noticed before anything is asked for or written', async () => {
    const untouched = await machine();
    const taken = createServer().listen(0, '127.0.0.1');
    closing.push(() => taken.close());
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const before = await project();

    const { code, lines } = await refused(untouched, [], { PORT: String(port) });

    expect(lines).toEqual([`port ${port} is in use; set another, as in PORT=${port + 1} npm run sam`]);
    expect(code).toBe(1);
    await expect(untouched.read('calls')).rejects.toThrow('ENOENT');
    expect((await project())?.mtimeMs).toBe(before?.mtimeMs);
  });

  test.each([
    [
      'no Docker',
      ['sam'],
      {},
      'docker is not on the PATH; install Docker, or use npm start, which needs none',
    ],
    [
      'an engine that does not run',
      ['docker', 'sam'],
      { ENGINE_SAYS: 'Cannot connect to the Docker daemon at unix:///var/run/docker.sock.' },
      'the Docker engine does not answer: Cannot connect to the Docker daemon at unix:///var/run/docker.sock.; start it, or use npm start, which needs none',
    ],
    [
      'an engine that this user may not use',
      ['docker', 'sam'],
      { ENGINE_SAYS: 'permission denied while trying to connect to the Docker daemon socket' },
      'the Docker engine does not answer: permission denied while trying to connect to the Docker daemon socket; let this user use Docker (on Linux: sudo usermod -aG docker $USER, then sign in again), or use npm start, which needs none',
    ],
    [
      'no SAM CLI',
      ['docker'],
      {},
      'the AWS SAM CLI is not on the PATH; install it (pip install aws-sam-cli), or use npm start, which needs none',
    ],
    [
      'no image, and none to be pulled',
      ['docker', 'sam'],
      { NO_IMAGE: 'true', SAM_SKIP_PULL_IMAGE: 'true' },
      expect.stringMatching(
        /^image public\.ecr\.aws\/lambda\/nodejs:24-\w+ is not on this machine, and SAM_SKIP_PULL_IMAGE forbids to pull it; unset it, or/,
      ),
    ],
  ] as const)('G3: with %s it says so in one line, and ends', async (_, commands, env, message) => {
    const { code, lines } = await refused(await machine(commands), [], env);

    expect(lines).toEqual([message]);
    expect(code).toBe(1);
  });

  test('G3: an image that cannot be pulled is named, with the reason', async () => {
    const { code, lines } = await refused(await machine(), ['--image', 'example/lambda'], {
      NO_IMAGE: 'true',
    });

    expect(lines).toEqual([
      'pulling example/lambda, once',
      'image example/lambda is not on this machine and cannot be pulled: no such host; connect to its registry, or bring it from another machine (docker save, docker load)',
    ]);
    expect(code).toBe(1);
  });

  test.each(['0.0.0.0', '127.0.0.1', '::', '::1'])(
    'G1: --host %s is refused: it is no address that containers reach, or every network at once',
    async (host) => {
      const { code, lines } = await refused(await machine(), ['--host', host]);

      expect(lines).toEqual([
        `--host is '${host}'; give the one address or name at which containers reach this machine`,
      ]);
      expect(code).toBe(1);
    },
  );

  test('G1: a host that no container reaches is found out before anything is started', async () => {
    const { code, lines } = await refused(await machine(), ['--host', 'nowhere.invalid']);

    expect(lines).toEqual([
      expect.stringMatching(
        /^containers do not reach this machine at nowhere\.invalid; .* by --host, or use npm start/,
      ),
    ]);
    expect(code).toBe(1);
  });

  test('an unknown option is refused with the usage', async () => {
    const { code, lines } = await refused(await machine(), ['--port', '1']);

    expect(lines).toEqual([
      expect.stringMatching(/^unknown option '--port'/),
      expect.stringMatching(/^usage:/),
    ]);
    expect(code).toBe(2);
  });

  test('--check without an engine is skipped in one line, and that is no failure', async () => {
    const { code, lines } = await refused(await machine(), ['--check'], { ENGINE_SAYS: 'no engine' });

    expect(lines).toEqual(['sam: skipped, since no Docker engine answers (no engine)']);
    expect(code).toBe(0);
  });
});
