import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import type { Writable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { SamProject } from './sam-project.ts';

/** How often to look whether it serves. */
const CHECK_MS = 100;

/** It removes its containers one after another, which takes half a second each on a busy machine. */
const END_TIMEOUT_MS = 60_000;

/** What `sam local start-api` is started with. */
export interface SamOptions {
  readonly project: SamProject;
  readonly port: number;
  /** @default AWS's, by the runtime of each function */
  readonly image?: string;
  readonly environment: NodeJS.ProcessEnv;
}

/** A running `sam local start-api`. */
export interface Sam {
  /** Settles when it serves, and has printed all that it prints before; false when it has ended without. */
  readonly served: Promise<boolean>;
  /** Its exit code. */
  readonly ended: Promise<number>;
  /** Interrupts it, once however often it is called, and kills it when it does not end by itself. */
  end(): void;
}

/**
 * There is a SAM CLI.
 * @throws Error that says how to get it
 */
export async function requireSam(environment: NodeJS.ProcessEnv): Promise<void> {
  try {
    await promisify(execFile)('sam', ['--version'], { env: environment });
  } catch (error) {
    throw new Error(
      'the AWS SAM CLI is not on the PATH; install it (pip install aws-sam-cli), or use npm start, which needs none',
      { cause: error },
    );
  }
}

/**
 * SAM removes its containers at the first interrupt, and leaves them at a second. So it is in a process group of its own,
 * which no terminal interrupts, and its one interrupt is the end of a pipe that we hold: it comes when we end it, and
 * when we die, however suddenly.
 */
const GUARD = '{ cat <&3 >/dev/null; kill -INT $$; } & exec "$@" 3<&-';

/** Starts it; its output is ours. */
export function startSam({ project, port, image, environment }: SamOptions): Sam {
  const args = [
    ...['local', 'start-api', '--port', String(port)],
    ...['--template', project.template, '--env-vars', project.environment],
    // Else each request starts a container of its own.
    ...['--warm-containers', 'LAZY'],
    ...(image === undefined ? [] : ['--invoke-image', image]),
  ];
  const child = spawn('sh', ['-c', GUARD, 'sh', 'sam', ...args], {
    // An image that is here is not compared with the registry's, so that it works without a network.
    env: { SAM_SKIP_PULL_IMAGE: 'true', ...environment, SAM_CLI_TELEMETRY: '0', PYTHONUNBUFFERED: '1' },
    stdio: ['ignore', 'inherit', 'inherit', 'pipe'],
    detached: true,
  });
  const lifeline = child.stdio[3] as Writable;
  // What is at its other end may be killed.
  lifeline.on('error', () => undefined);
  const kill = () => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    } catch {
      // Nothing of the group is left.
    }
  };
  let running = true;
  const ended = once(child, 'exit').then(([code]) => {
    running = false;
    // Ends the guard, which is to interrupt nothing that might have the same number next.
    kill();
    return typeof code === 'number' ? code : 1;
  });
  const becomesServed = async () => {
    while (running) {
      if (await isServed(port)) return running;
      await delay(CHECK_MS);
    }
    return false;
  };
  return {
    served: becomesServed(),
    ended,
    end() {
      lifeline.destroy();
      setTimeout(kill, END_TIMEOUT_MS).unref();
    },
  };
}

/** A server that runs closes a connection on which nothing will be sent; one that only listens leaves it open. */
const isServed = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => resolve(false)).on('close', () => resolve(true));
    socket.resume().end();
  });
