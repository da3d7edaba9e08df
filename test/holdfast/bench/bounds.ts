import { randomUUID } from 'node:crypto';
import type { ExecutionEnvironment } from '../../../lib/holdfast/local/functions/execution-environment.ts';
import { draft } from '../support/client.ts';
import { type Item, partitionsWritten, sum, unitsOf } from './capacity.ts';
import { ratio, type Target, table } from './figures.ts';
import { markdownTable } from './markdown-table.ts';
import type { Observed } from './observed.ts';
import { changeEvent, copyOf, createdItem, etagOf, eventOf, idOf, send } from './payouts.ts';
import type { Stand } from './stand.ts';

/** Creates on each side, an equal share for each tenant. */
const CREATES = 64;
const TENANTS = 8;

/** Operations: the fullest of eight partitions has more than its share by chance, and less so the more there are. */
const OPERATIONS = 400;

/** Changes of one resource within a day, as `docs/limits.md` counts them. */
const CHANGES = 200;

/** How many times as much one side lets through as the other, as the design has it and as calls were seen to write. */
export interface Bound {
  /** The side that lets more through, and the other. */
  readonly sides: string;
  readonly computed: number;
  readonly measured: number;
}

/** Each bound of `docs/limits.md` that a count of units can show, both sides in one run. */
export async function measureBounds(stand: Stand): Promise<readonly Bound[]> {
  const created = await createdItem(stand);
  return [...(await ofResource(stand, created)), await ofTenants(stand), await ofStage(stand, created)];
}

/** One item: every change writes all of it. */
async function ofResource(stand: Stand, created: Item): Promise<readonly Bound[]> {
  const environment = stand.environment('holdfast');
  const { receipts: _, ...item } = copyOf(created);
  await stand.write(item);
  const writes: number[] = [];
  for (let i = 0; i < CHANGES; i++) {
    const ifMatch = etagOf((await stand.read(item.pk.S)) ?? {});
    const event = changeEvent({ id: idOf(item), ifMatch, value: `${1_000 + i}.00` });
    const observed = await stand.observed(() => send(environment, event));
    writes.push(sum(observed.map(({ touch, ...items }) => unitsOf(touch, items, []))).writes);
  }
  await environment.end();
  const mean = (some: readonly number[]) => some.reduce((all, each) => all + each, 0) / some.length;
  const first = mean(writes.slice(0, 3));
  return [
    {
      sides: 'changes of one resource: the first three of a day, beside the fifth to the sixteenth',
      computed: 2,
      measured: mean(writes.slice(4, 16)) / first,
    },
    {
      sides: `the first three, beside ${CHANGES} in a day, of which every fourteenth carries receipts out`,
      // Two units each: receipts that are carried out go elsewhere, by a write of their own.
      computed: 2,
      measured: mean(writes) / first,
    },
  ];
}

/** Indexes have a partition for each tenant and resource type. */
async function ofTenants(stand: Stand): Promise<Bound> {
  const environment = stand.environment('payouts-create');
  const fullest = async (tenants: number) => {
    const observed: Observed[] = [];
    for (let i = 0; i < CREATES; i++) {
      const event = JSON.parse(eventOf({}, { 'Idempotency-Key': randomUUID() }, draft(), '/payouts'));
      event.requestContext.authorizer.tenant = `tenant-${tenants}-${i % tenants}`;
      observed.push(...(await stand.observed(() => answered(environment, JSON.stringify(event), 201))));
    }
    return fullestOf(stand, observed).units;
  };
  const [one, many] = [await fullest(1), await fullest(TENANTS)];
  await environment.end();
  return {
    sides: `payouts created by ${TENANTS} tenants, beside one: the fullest partition of any index`,
    computed: TENANTS,
    measured: one / many,
  };
}

/** What is due is spread over eight partitions by the operation's id; with one, all would write to it. */
async function ofStage(stand: Stand, created: Item): Promise<Bound> {
  const environment = stand.environment('payouts-disburse');
  const observed: Observed[] = [];
  for (let i = 0; i < OPERATIONS; i++) {
    const stateOrder = { S: `approved#${created.createdAt?.S}` };
    const item = { ...copyOf(created), state: { S: 'approved' }, stateOrder };
    await stand.write(item);
    const headers = { 'Idempotency-Key': randomUUID(), 'If-Match': etagOf(item) };
    const event = eventOf({ payoutId: idOf(item) }, headers, {}, '/payouts/{payoutId}/disburse');
    observed.push(...(await stand.observed(() => answered(environment, event, 202))));
  }
  await environment.end();
  const { units, all } = fullestOf(stand, observed, ['by-due']);
  return {
    sides: `${OPERATIONS} accepted operations of one stage: \`by-due\` of 8 partitions, beside one`,
    computed: 8,
    measured: all / units,
  };
}

/** Units of the partition that takes most, and of all partitions together. */
function fullestOf(stand: Stand, observed: readonly Observed[], names = [...stand.indexes.keys()]) {
  const taken = new Map<string, number>();
  for (const { touch, before, after } of observed) {
    if (touch.table !== 'RecordsTable' || !touch.writes) continue;
    for (const name of names) {
      const index = stand.indexes.get(name);
      if (index === undefined) throw new Error(`the table has no index ${name}`);
      for (const { partition, units } of partitionsWritten(index, before, after))
        taken.set(`${name} ${partition}`, (taken.get(`${name} ${partition}`) ?? 0) + units);
    }
  }
  const counts = [...taken.values()];
  return { units: Math.max(...counts), all: counts.reduce((total, each) => total + each, 0) };
}

/** @throws Error for another answer */
async function answered(environment: ExecutionEnvironment, event: string, status: number): Promise<void> {
  const { statusCode, body } = JSON.parse(await environment.invoke(event));
  if (statusCode !== status)
    throw new Error(`${environment.definition.name} answered ${statusCode}: ${body}`);
}

const rows = (bounds: readonly Bound[]) => [
  ['how many times as much', 'computed', 'counted'],
  ...bounds.map(({ sides, computed, measured }) => [sides, ratio(computed, 1), ratio(measured, 1)]),
];

/** The table of `docs/limits.md`. */
export const boundTable = (bounds: readonly Bound[]): string => markdownTable(rows(bounds));

/** Prints it. */
export function printBounds(bounds: readonly Bound[]): void {
  console.log('bounds in ratio: units of the fullest partition, counted at the local DynamoDB');
  table(rows(bounds));
}

/** With 400 operations, chance gives one of eight partitions half as much again as its share once in a thousand runs. */
const NEAR = 1 / 3;

/** What was promised of the bounds: that they are as computed. */
export const boundTargets = (bounds: readonly Bound[]): readonly Target[] => [
  {
    promise: 'bounds within a third of what is computed',
    measured: bounds.map(({ computed, measured }) => ratio(measured, computed)).join(', '),
    met: bounds.every(({ computed, measured }) => Math.abs(measured / computed - 1) <= NEAR),
  },
];
