import { execFile } from 'node:child_process';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { bundleOptions } from '../../lib/bundle.ts';
import { allEntries } from '../../lib/function-entry.ts';
import { loadRegistry } from '../../lib/registry.ts';
import { ROOT } from '../../lib/root.ts';
import { buildSite } from '../../lib/site/site.ts';

const run = promisify(execFile);

/** Enough for the median to settle within a few per cent on a shared machine. */
const RUNS = 25;

/** The least that a function can do with DynamoDB: make a client, and send one command. */
const BARE = `
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
const client = new DynamoDBClient({});
export const handler = () => client.send(new GetItemCommand({ TableName: 't', Key: { pk: { S: 'x' } } }));
`;

const ENVIRONMENT = {
  PATH: process.env.PATH,
  AWS_REGION: 'us-east-1',
  RECORDS_TABLE: 'records',
  IDEMPOTENCY_TABLE: 'idempotency',
  ALLOW_ORIGIN: '*',
  DEFAULT_API_VERSION: '2026-11-01',
};

// Imports the bundle named by the last argument, and prints how many milliseconds that took and the memory after it.
const IMPORT = `
const start = performance.now();
await import(process.argv[1]);
console.log(JSON.stringify([performance.now() - start, process.memoryUsage().rss / 2 ** 20]));
`;

interface Subject {
  readonly name: string;
  readonly file: string;
  readonly times: number[];
  readonly memory: number[];
}

/** Bytes, import time and memory of an action's bundle, against a bundle of the bare client. */
export async function benchBundles(): Promise<void> {
  const outdir = await mkdtemp(join(ROOT, '.bench-'));
  try {
    const registry = await loadRegistry();
    const site = await buildSite(registry);
    await build(bundleOptions(allEntries(registry), { outdir, mode: 'deploy', site }));
    const bare = join(outdir, 'bare.mjs');
    await bundleBare(outdir, bare);
    const subject = (name: string, file: string): Subject => ({ name, file, times: [], memory: [] });
    const subjects = [
      subject('bare client', bare),
      ...['payouts-create', 'payouts-approve', 'payouts-get'].map((name) =>
        subject(name, join(outdir, name, 'index.mjs')),
      ),
    ];
    // In turns, so that whatever else the machine does falls on all alike.
    for (let i = 0; i < RUNS; i++) for (const each of subjects) await measure(each);
    await print(subjects);
  } finally {
    await rm(outdir, { recursive: true, force: true });
  }
}

/** By the same options as an action, but for the SDK's default chain of credentials, which a plain bundle holds. */
async function bundleBare(outdir: string, outfile: string): Promise<void> {
  const source = join(outdir, 'bare.ts');
  await writeFile(source, BARE);
  const {
    entryPoints: _,
    outdir: __,
    outExtension: ___,
    plugins: ____,
    ...options
  } = bundleOptions([], {
    outdir,
    mode: 'deploy',
    site: {},
  });
  await build({ ...options, entryPoints: [source], outfile });
}

async function measure({ file, times, memory }: Subject): Promise<void> {
  const args = ['--input-type=module', '--eval', IMPORT, file];
  const { stdout } = await run(process.execPath, args, { env: ENVIRONMENT });
  const [ms, mb] = JSON.parse(stdout);
  times.push(ms);
  memory.push(mb);
}

const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

async function print(subjects: readonly Subject[]): Promise<void> {
  const rows = await Promise.all(
    subjects.map(async ({ name, file, times, memory }) => ({
      name,
      bytes: (await stat(file)).size,
      ms: median(times),
      mb: median(memory),
    })),
  );
  const [base] = rows;
  if (base === undefined) return;
  console.log(`bundle, ${RUNS} imports each (medians)   bytes   ratio   import ms   ratio   rss MB`);
  for (const { name, bytes, ms, mb } of rows) {
    const columns = [
      name.padEnd(34),
      String(bytes).padStart(9),
      (bytes / base.bytes).toFixed(2).padStart(8),
      ms.toFixed(1).padStart(12),
      (ms / base.ms).toFixed(2).padStart(8),
      mb.toFixed(0).padStart(9),
    ];
    console.log(columns.join(''));
  }
}
