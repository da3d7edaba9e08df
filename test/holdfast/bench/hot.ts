import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { build } from 'esbuild';
import { bundleOptions } from '../../../lib/holdfast/cdk/bundles/bundle.ts';
import { resourceId } from '../../../lib/holdfast/core/values/resource-id.ts';
import { ExecutionEnvironment } from '../../../lib/holdfast/local/functions/execution-environment.ts';
import { ROOT } from '../../../lib/holdfast/service/project.ts';
import { entriesOf } from '../explore/subjects.ts';
import type { Item } from './capacity.ts';
import { median, quantile, type Target, table } from './figures.ts';
import { compareWithLedger } from './light/ledger.ts';
import { unitsOfWriters } from './light/units.ts';
import type { Work } from './light/work.ts';
import { startWriters } from './light/writers.ts';
import { markdownTable } from './markdown-table.ts';
import { copyOf, createdItem, etagOf, eventOf, idOf } from './payouts.ts';
import type { Stand, Subject } from './stand.ts';
import open from './subjects/budgets/open.ts';

/** Writers of each row, and for how long they begin requests. */
const WRITERS = 64;
const SECONDS = 4;

/** Milliseconds added to each call. */
const DELAY_MS = 5;

/**
 * How many times as long calls and waits take, and runs; figures are told as if they did not. On AWS each of the writers has a
 * processor of its own: here they share a few, and whoever makes more calls would be measured by those.
 */
const SLOWER = 4;

const SHARDS = 8;

/** As the template has it of a function that answers requests. */
const TIMEOUT_MS = 15_000;

/** Write units a second that DynamoDB gives one item, as `limits.ts` has it of a partition. */
const ITEM_UNITS = 1_000;

/** One way of many writers, and what they write to. */
interface Way extends Pick<Work, 'way'> {
  readonly name: string;
  /** From the root. */
  readonly file: string;
  readonly of: 'payouts' | 'budgets';
  /** How the items are stored. @default 'holdfast' */
  readonly subject?: Subject;
  /** @default 1 */
  readonly items?: number;
  /** @default {@link SLOWER} */
  readonly slower?: number;
  /** Whether each writer has an item of its own, and all write one more besides. @default false */
  readonly isTogether?: boolean;
}

const CHANGE_ANY = { of: 'payouts', file: 'test/holdfast/explore/subjects/change-any.ts' } as const;
const SPEND = { of: 'budgets', file: 'test/holdfast/bench/subjects/budgets/spend.ts' } as const;

const WAYS = {
  any: { ...CHANGE_ANY, way: 'any', name: '`If-Match: *`' },
  unstretched: { ...CHANGE_ANY, way: 'any', slower: 1, name: '`If-Match: *`, time not stretched' },
  atOnce: { ...CHANGE_ANY, way: 'at-once', name: '`If-Match: *`, decided again at once' },
  seen: {
    of: 'payouts',
    file: 'functions/actions/payouts/change-amount.ts',
    way: 'seen',
    name: '`If-Match` and 412',
  },
  usual: {
    of: 'payouts',
    file: 'test/holdfast/bench/subjects/usual.ts',
    way: 'seen',
    subject: 'usual',
    name: 'the usual way, `If-Match` and 412',
  },
  one: { ...SPEND, way: 'any', name: 'one budget, `If-Match: *`' },
  shards: { ...SPEND, way: 'any', items: SHARDS, name: 'eight shards' },
  together: {
    of: 'budgets',
    file: 'test/holdfast/capabilities/with/spend-together.ts',
    way: 'any',
    items: WRITERS,
    isTogether: true,
    name: 'one of each writer’s own, and one that all write besides',
  },
  queue: { ...SPEND, way: 'queued', name: 'FIFO queue' },
} as const satisfies Readonly<Record<string, Way>>;

/** What became of many writers. */
export interface Hot {
  readonly name: string;
  readonly items: number;
  /** Effects a second, of those that were answered while writers began others. */
  readonly perSecond: number;
  /** Milliseconds of each effect. */
  readonly times: readonly number[];
  /** Of one effect. */
  readonly calls: number;
  readonly units: number;
  /** Effects a second that the write units of the items allow. */
  readonly allowed: number;
}

export type Hots = Readonly<Record<keyof typeof WAYS, Hot>>;

/**
 * Writers by each way, one way after the other, each in four processes of little weight.
 * @throws Error where what stands there is not what writers were told
 */
export async function measureHot(stand: Stand): Promise<Hots> {
  const payout = await createdItem(stand);
  const budget = await openedItem(stand);
  const originals = { payouts: payout, budgets: budget };
  const measured: [string, Hot][] = [];
  for (const [name, way] of Object.entries<Way>(WAYS))
    measured.push([name, await measure(stand, way, originals[way.of])]);
  return Object.fromEntries(measured) as Hots;
}

/** The stored budget of an open by the action itself. */
async function openedItem(stand: Stand): Promise<Item> {
  const options = { outdir: join(stand.outdir, 'hot'), mode: 'deploy', site: {} } as const;
  await build(bundleOptions(entriesOf(open, 'test/holdfast/bench/subjects/budgets'), options));
  const file = join(options.outdir, 'budgets-open/index.mjs');
  const environment = new ExecutionEnvironment({ ...stand.definition('holdfast'), file }, () => undefined);
  const event = asBudgets(
    eventOf({}, { 'Idempotency-Key': randomUUID() }, { limit: 1_000_000_000 }, '/budgets'),
  );
  const { statusCode, body } = JSON.parse(await environment.invoke(event));
  await environment.end();
  const item = await stand.read(`budgets#acme#${JSON.parse(body).id}`);
  if (statusCode !== 201 || item === undefined) throw new Error(`no budget was opened: ${body}`);
  return item;
}

/** Alice may do everything with payouts; here, with budgets. */
const asBudgets = (event: string) => event.replace('"payouts:* ', '"budgets:* ');

async function measure(stand: Stand, way: Way, original: Item): Promise<Hot> {
  const { name, file, of, subject = 'holdfast', items: count = 1, slower = SLOWER, isTogether } = way;
  const prefix = of === 'payouts' ? 'po' : 'bu';
  const stored = async () => {
    const pk = { S: `${of}#acme#${resourceId(prefix, 'acme', of, randomUUID())}` };
    const item = { ...copyOf(original, subject), pk };
    await stand.write(item);
    return item;
  };
  const items = await Promise.all(Array.from({ length: count }, stored));
  const above = isTogether ? await stored() : undefined;
  const tags = (some: readonly Item[]) => Object.fromEntries(some.map((item) => [idOf(item), etagOf(item)]));
  const parameter = of === 'payouts' ? 'payoutId' : 'budgetId';
  const action = of === 'payouts' ? 'change-amount' : 'spend';
  const event = eventOf({ [parameter]: prefix }, {}, {}, `/${of}/{${parameter}}/${action}`);
  const { environment } = stand.definition('holdfast');
  const write = await startWriters(
    {
      file: join(ROOT, file),
      writers: WRITERS,
      way: way.way,
      event: of === 'payouts' ? event : asBudgets(event),
      items: tags(items),
      ...(above && { above: idOf(above) }),
      isMoney: of === 'payouts',
      endpoint: stand.proxy.target,
      delayMs: DELAY_MS * slower,
      slower,
      timeoutMs: TIMEOUT_MS * slower,
    },
    { environment, own: async () => tags([await stored()]) },
  );
  const before = above && (await stand.read(above.pk.S));
  const until = Date.now() + SECONDS * 1_000 * slower;
  const done = await write(until);
  const effects = done.flatMap((each) => each.effects);
  for (const item of items) {
    const own = effects.filter((effect) => effect.item === idOf(item));
    compareWithLedger(item, (await stand.read(item.pk.S)) ?? {}, own);
  }
  if (above !== undefined && before !== undefined) {
    const first = Number(before.version?.N) + 1;
    const inOrder = effects.map((effect, i) => ({ ...effect, version: first + i }));
    compareWithLedger(before, (await stand.read(above.pk.S)) ?? {}, inOrder);
  }
  const wanted = above === undefined ? items : [above];
  const hot = new Set(wanted.map(({ pk }) => pk.S));
  const traffic = done.map((each) => each.traffic);
  const units = unitsOfWriters(traffic, (pk) => hot.has(pk));
  const calls = traffic.reduce((sum, each) => sum + each.calls, 0);
  return {
    name,
    items: wanted.length,
    perSecond: effects.filter(({ at }) => at <= until).length / SECONDS,
    times: effects.map(({ ms }) => ms / slower),
    calls: calls / effects.length,
    units: (units.hot + units.elsewhere) / effects.length,
    allowed: (ITEM_UNITS * wanted.length * effects.length) / units.hot,
  };
}

const rows = (measured: Hots): readonly (readonly string[])[] =>
  Object.values<Hot>(measured).map(({ name, perSecond, times, calls, units, allowed }) => [
    name,
    perSecond.toFixed(0),
    `${median(times).toFixed(0)} / ${quantile(times, 0.99).toFixed(0)}`,
    calls.toFixed(1),
    units.toFixed(1),
    allowed.toFixed(0),
  ]);

const HEADS = ['effects/s', 'p50 / p99 ms', 'calls each', 'write units each', 'units allow, effects/s'];

/** Prints it. */
export function printHot(measured: Hots): void {
  console.log(
    `${WRITERS} writers in four light processes for ${SECONDS} s, ${DELAY_MS} ms added to each call, all of it stretched by ${SLOWER}; ledgers compared; ${ITEM_UNITS} write units a second an item`,
  );
  table([['', ...HEADS], ...rows(measured)]);
}

/** The table of `docs/hot-items.md`. @param machine cores, processor, Node and load */
export const hotTable = (measured: Hots, machine: string): string =>
  markdownTable([[machine, ...HEADS], ...rows(measured)]);

/** What was promised of many writers on one item. */
export function hotTargets({ any: retried, unstretched, atOnce, usual }: Hots): readonly Target[] {
  const target = (promise: string, of: 'perSecond' | 'allowed', least: number): Target => {
    const peers = [usual, atOnce, unstretched].map((each) => `${each.name} ${each[of].toFixed(0)}`);
    return { promise, measured: retried[of].toFixed(0), peer: peers.join(', '), met: retried[of] >= least };
  };
  return [
    target(`${WRITERS} light writers by \`*\` on one item: at least 120 effects a second`, 'perSecond', 120),
    target('of which its 1,000 write units a second allow at least 70', 'allowed', 70),
  ];
}
