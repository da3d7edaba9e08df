import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { build } from 'esbuild';
import { bundleOptions } from '../../../lib/holdfast/cdk/bundles/bundle.ts';
import { allEntries } from '../../../lib/holdfast/cdk/bundles/function-entry.ts';
import { unusedParts } from '../../../lib/holdfast/cdk/bundles/unused-parts.ts';
import { localClient } from '../../../lib/holdfast/local/dynamodb/dynamodb.ts';
import { createTables, TABLE_TYPES } from '../../../lib/holdfast/local/dynamodb/tables.ts';
import {
  ExecutionEnvironment,
  type FunctionDefinition,
} from '../../../lib/holdfast/local/functions/execution-environment.ts';
import { functionDefinition, readFunctions } from '../../../lib/holdfast/local/functions/functions.ts';
import { synthesizeLocal } from '../../../lib/holdfast/local/synth.ts';
import { loadRegistry } from '../../../lib/holdfast/service/registry.ts';
import { buildSite } from '../../../lib/holdfast/site/site.ts';
import { resolveResources } from '../../../lib/holdfast/template/template.ts';
import type { Call, DynamoDbProxy, Fate } from '../support/dynamodb-proxy.ts';
import { startProxiedTable } from '../support/proxied-table.ts';
import { type Index, type Item, indexesOf, sum, type Units, unitsOf } from './capacity.ts';
import { type Observed, observe } from './observed.ts';

/** What is measured side by side: Holdfast's action, the same written the usual way, and the least there can be. */
export const SUBJECTS = ['holdfast', 'usual', 'floor'] as const;
export type Subject = (typeof SUBJECTS)[number];

/** One call of a function to DynamoDB, as the proxy saw it. */
export interface Exchange {
  readonly operation: string;
  /** In milliseconds of one clock. */
  readonly from: number;
  readonly to: number;
  /** How long the call was held. */
  readonly heldMs: number;
}

/** Functions as Lambda runs them, over tables of the template, with a proxy between that counts and delays. */
export interface Stand {
  /** Folder of the bundles, each in a folder of its name. */
  readonly outdir: string;
  /** Milliseconds for which each call is held before it passes. */
  delayMs: number;
  /** Calls since it was emptied. */
  readonly exchanges: Exchange[];
  /** Between functions and tables: a test may have it lose what passes. */
  readonly proxy: DynamoDbProxy;
  /** Of a subject, of the bare client, or of a function of ours by its name. */
  definition(name: Subject | string): FunctionDefinition;
  /** Another environment of it, with a listener to its log. */
  environment(name: Subject | string, log?: (line: string) => void): ExecutionEnvironment;
  read(pk: string): Promise<Item | undefined>;
  write(item: Item): Promise<void>;
  /** Indexes of the table of resources, by their names. */
  readonly indexes: ReadonlyMap<string, Index>;
  /** What calls touch while `during` runs, as it was before and after; calls must not overlap. */
  observed(during: () => Promise<unknown>): Promise<readonly Observed[]>;
  /** Units that calls take while `during` runs; calls must not overlap. */
  units(during: () => Promise<unknown>): Promise<Units>;
  close(): Promise<void>;
}

/** Subjects that are files of their own. */
const FILES = ['usual', 'floor', 'bare', 'packages'];

/** The usual way finds its key by JMESPath, which bundles of ours leave out. */
const JMESPATH = 'no-jmespath';

/** Bundles such subjects with esbuild's options for an action, to the last plugin but these. */
async function bundleSubjects(outdir: string, names: readonly string[], without: readonly string[]) {
  const {
    entryPoints: _,
    plugins = [],
    ...options
  } = bundleOptions([], { outdir, mode: 'deploy', site: {} });
  await build({
    ...options,
    plugins: plugins.filter(({ name }) => !without.includes(name)),
    entryPoints: names.map((name) => ({
      in: join(import.meta.dirname, `subjects/${name}.ts`),
      out: `${name}/index`,
    })),
  });
}

/** Bundles them with all that their packages bring along. */
export const bundleAsPackagesCome = (outdir: string): Promise<void> =>
  bundleSubjects(
    outdir,
    FILES,
    unusedParts.map(({ name }) => name),
  );

/** Bundles every function of the service, and the other subjects, as for a deployment. */
export async function bundleAll(outdir: string): Promise<void> {
  const registry = await loadRegistry();
  const site = await buildSite(registry);
  await build(bundleOptions(allEntries(registry), { outdir, mode: 'deploy', site }));
  await bundleSubjects(
    outdir,
    FILES.filter((name) => name !== 'usual'),
    [],
  );
  await bundleSubjects(outdir, ['usual'], [JMESPATH]);
}

/** Holdfast's action; the others are written after it. */
const ACTION = 'payouts-change-amount';

/** Far longer than Lambda's: 64 environments share the cores of one machine here. */
const TIMEOUT_MS = 120_000;

/** Starts it. */
export async function startStand(): Promise<Stand> {
  const outdir = await mkdtemp(join(tmpdir(), 'holdfast-bench-'));
  const [{ stacks }, { proxy, emulator, close }] = await Promise.all([
    synthesizeLocal({ jwksUri: 'http://127.0.0.1/jwks', partnersUrl: 'http://127.0.0.1' }),
    startProxiedTable(),
    bundleAll(outdir),
  ]);
  const table = localClient(emulator);
  const tables = resolveResources(stacks, TABLE_TYPES);
  await createTables(table, tables);
  const records = tables.find(({ logicalId }) => logicalId === 'RecordsTable');
  const indexes = indexesOf(records?.properties);
  const functions = readFunctions(stacks, '');
  const platform = { endpoint: proxy.url, environment: {} };
  const environments: ExecutionEnvironment[] = [];

  const read = async (TableName: string, Key: Item) =>
    (await table.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }))).Item;
  const stand: Stand = {
    outdir,
    indexes,
    delayMs: 0,
    exchanges: [],
    proxy,
    definition(name) {
      const own = [...SUBJECTS, 'bare', 'packages'].includes(name) ? ACTION : name;
      const found = functions.find(({ entry }) => entry.name === own);
      if (found === undefined) throw new Error(`there is no function ${own}`);
      const file = join(outdir, name === 'holdfast' ? ACTION : name, 'index.mjs');
      return { ...functionDefinition(found, file, platform), name, timeoutMs: TIMEOUT_MS };
    },
    environment(name, log = () => undefined) {
      const environment = new ExecutionEnvironment(this.definition(name), log);
      environments.push(environment);
      return environment;
    },
    read: (pk) => read('RecordsTable', { pk: { S: pk } }),
    async write(item) {
      await table.send(new PutItemCommand({ TableName: 'RecordsTable', Item: item }));
    },
    observed: (during) => observe(proxy, read, during),
    async units(during) {
      const observed = await this.observed(during);
      return sum(observed.map(({ touch, ...items }) => unitsOf(touch, items, [...indexes.values()])));
    },
    async close() {
      await Promise.all(environments.map((environment) => environment.end()));
      table.destroy();
      await close();
      await rm(outdir, { recursive: true, force: true });
    },
  };

  const begun = new Map<Call, { from: number; heldMs: number }>();
  proxy.fate = async (call): Promise<Fate> => {
    const from = performance.now();
    await hold(stand.delayMs);
    begun.set(call, { from, heldMs: performance.now() - from });
    return 'pass';
  };
  proxy.answered = (call) => {
    const { from = 0, heldMs = 0 } = begun.get(call) ?? {};
    begun.delete(call);
    stand.exchanges.push({ operation: call.operation, from, to: performance.now(), heldMs });
  };
  return stand;
}

/** Calls that are held at this moment. */
let holding = 0;

/** A timer fires up to two milliseconds late; a call that is held alone waits for the rest turn by turn. */
async function hold(ms: number): Promise<void> {
  if (ms === 0) return;
  const until = performance.now() + ms;
  holding++;
  await delay(holding === 1 ? Math.max(0, ms - 2) : ms);
  while (performance.now() < until) await new Promise((resolve) => setImmediate(resolve));
  holding--;
}

/** The longest chain of calls of which each begins when the one before has been answered. */
export function roundTrips(exchanges: readonly Exchange[]): number {
  let end = Number.NEGATIVE_INFINITY;
  let chain = 0;
  for (const { from, to } of exchanges.toSorted((a, b) => a.to - b.to)) {
    if (from < end) continue;
    chain++;
    end = to;
  }
  return chain;
}
