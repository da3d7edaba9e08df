import { BatchWriteItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { at } from '../support/clock.ts';
import { eventually } from '../support/eventually.ts';
import { type Plane, type Raw, startPlane } from '../support/plane.ts';

/** How many operations are overdue at once: `OVERDUE=10000 npx jest test/operations/crowds` for the long run. */
const MANY = Number(process.env.OVERDUE ?? 400);

let plane: Plane;
beforeAll(async () => {
  plane = await startPlane({ POWERTOOLS_LOG_LEVEL: 'SILENT' });
}, 60_000);
afterAll(() => plane?.close());

describe('B5: the sweep', () => {
  test(`visits all of ${MANY} overdue operations within ten runs, behind a hundred that cannot be visited`, async () => {
    const operation = await plane.disburse(await plane.approved());
    const item = unmarshall((await plane.read(operation)) ?? {});
    const at = (minute: number) => new Date(Date.now() - 86_400_000 + minute * 1_000).toISOString();
    const overdue = (i: number, changes: object) =>
      marshall({
        ...item,
        pk: `operations#acme#op_${String(i).padStart(26, '0')}`,
        dueAt: at(i),
        ...changes,
      });
    const gone = { ...item.hidden, subject: { ...item.hidden.subject, definition: 'gone' } };
    const planted = [
      ...Array.from({ length: 100 }, (_, i) => overdue(i, { hidden: gone })),
      ...Array.from({ length: MANY }, (_, i) => overdue(100 + i, {})),
    ];
    for (let i = 0; i < planted.length; i += 25) {
      const RecordsTable = planted.slice(i, i + 25).map((Item) => ({ PutRequest: { Item: Item as Raw } }));
      await plane.table.send(new BatchWriteItemCommand({ RequestItems: { RecordsTable } }));
    }
    // An execution that ends at once costs the test no more than its start.
    plane.stepFunctions.update(
      plane.machines.map((machine) => ({
        ...machine,
        properties: {
          ...machine.properties,
          DefinitionString: JSON.stringify({ StartAt: 'done', States: { done: { Type: 'Succeed' } } }),
        },
      })),
    );

    const visited: number[] = [];
    const begun = performance.now();
    while (visited.length < 10 && visited.reduce((sum, each) => sum + each, 0) < MANY)
      visited.push(((await plane.call('sweep', {}, 50_000)) as { visited: number }).visited);
    console.info(
      `${MANY} visited in ${visited.length} runs, ${Math.round(performance.now() - begun)} ms: ${visited}`,
    );
    const again = (await plane.call('sweep', {}, 50_000)) as { visited: number };
    plane.stepFunctions.update(plane.machines);

    expect(visited.reduce((sum, each) => sum + each, 0)).toBe(MANY);
    expect(again.visited).toBe(0);
  }, 600_000);
});

/** Sixty waits of one tenant, then one of another, then one each of three: who had a seat once all others were turned away. */
async function crowd(seated: (tenant: string, wait: () => Promise<void>) => Promise<void>) {
  const { promise: end, resolve } = Promise.withResolvers<void>();
  const sitting: string[] = [];
  let turnedAway = 0;
  const come = (...tenants: readonly string[]) =>
    tenants.map(async (tenant) => {
      let sat = false;
      await seated(tenant, () => {
        sat = sitting.push(tenant) > 0;
        return end;
      });
      if (!sat) turnedAway++;
    });
  const placed = (came: number) =>
    eventually(
      `${came} to sit or to be turned away`,
      () => sitting.length + turnedAway,
      (count) => count === came,
    );
  const waits = come(...Array(60).fill('busy'));
  await placed(60);
  waits.push(...come('other'));
  await placed(61);
  waits.push(...come('third', 'fourth', 'fifth'));
  await placed(64);
  resolve();
  await Promise.all(waits);
  return sitting;
}

describe('B6: seats of those who wait', () => {
  test('are bounded for each tenant and in all, so that sixty of one leave another its own', async () => {
    const { seated } = await import('../../../lib/holdfast/runtime/operations/waiting-seats.ts');
    // Seats are counted by windows of twenty seconds: all of these in one.
    const sitting = await at(Date.now(), () => crowd(seated));

    expect(sitting).toEqual(['busy', 'busy', 'other', expect.stringMatching(/third|fourth|fifth/)]);
  });
});
