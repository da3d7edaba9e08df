import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { mintToken } from '../../../lib/holdfast/local/issuer.ts';
import { user } from './client.ts';
import { type Running, run } from './process.ts';

const ROOT = resolve(import.meta.dirname, '../../..');

const { scripts } = JSON.parse(readFileSync(resolve(ROOT, 'package.json'), 'utf8'));

/** Starts what `npm start` starts, without npm before it. */
export function runLocalCloud(
  args: readonly string[],
  {
    flags = [],
    ...options
  }: {
    readonly cwd?: string;
    readonly env?: Readonly<Record<string, string>>;
    readonly flags?: readonly string[];
  } = {},
): Running {
  const [node = '', ...own] = String(scripts.start).split(' ');
  return run(node, [...flags, ...own, ...args], { cwd: ROOT, ...options });
}

/** A running local cloud. */
export interface Service extends Running {
  readonly url: string;
  /** Of the simulated partners. */
  readonly partners: string;
}

/** How a service is started, besides on a free port. */
export interface ServiceOptions {
  /** @default an emulator of its own */
  readonly dynamodb?: string;
  /** @default one of a temporary folder */
  readonly data?: string;
  /** Environment of every function. */
  readonly functions?: Readonly<Record<string, string>>;
  readonly concurrency?: number;
  /** Seconds between two sweeps. @default a minute */
  readonly every?: number;
  /** Root of the repository that is run. @default this one */
  readonly root?: string;
  /** Of Node, besides those of `npm start`. */
  readonly flags?: readonly string[];
}

/** Starts the local cloud as `npm start` does, and waits until it is ready. */
export async function startService(options: ServiceOptions = {}): Promise<Service> {
  const {
    dynamodb,
    data,
    functions = { POWERTOOLS_LOG_LEVEL: 'ERROR' },
    concurrency,
    every,
    root = ROOT,
    flags = [],
  } = options;
  const args = [
    ...(data === undefined ? [] : ['--data', data]),
    ...(concurrency === undefined ? [] : ['--concurrency', String(concurrency)]),
    ...(every === undefined ? [] : ['--every', String(every)]),
    ...Object.entries(functions).flatMap(([name, value]) => ['--env', `${name}=${value}`]),
  ];
  const running = runLocalCloud(args, {
    cwd: root,
    flags,
    env: { PORT: '0', ...(dynamodb !== undefined && { DYNAMODB_ENDPOINT: dynamodb }) },
  });
  try {
    const [, url = ''] = await running.line(/^ready (http:\S+)$/);
    const [, partners = ''] = await running.line(/^simulated partners: (\S+)\/ledger/);
    return { ...running, url, partners };
  } catch (error) {
    await running.end('SIGKILL');
    throw error;
  }
}

/** A user of a tenant with every scope, or with those given. */
export async function signIn(
  url: string,
  {
    subject = 'alice',
    tenant = 'acme',
    scopes = 'payouts:*',
  }: { subject?: string; tenant?: string; scopes?: string } = {},
) {
  return user(url, await mintToken({ subject, tenant, scopes }));
}
