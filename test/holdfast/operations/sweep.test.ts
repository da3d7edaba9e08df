import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { DUE_LISTS, dueList, WRITTEN_SHARDS } from '../../../lib/holdfast/core/definitions/due-lists.ts';
import { type Plane, type Raw, startPlane } from '../support/plane.ts';

let plane: Plane;
/** An operation that has been accepted, and that nothing has started. */
let accepted: Record<string, unknown>;
beforeAll(async () => {
  plane = await startPlane({ POWERTOOLS_LOG_LEVEL: 'SILENT' });
  accepted = unmarshall((await plane.read(await plane.disburse(await plane.approved()))) ?? {});
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
}, 60_000);
afterAll(() => plane?.close());

let planted = 0;
beforeEach(() => {
  planted += 1_000;
});

const YESTERDAY = Date.now() - 86_400_000;

/** Operations that have been due in a partition since yesterday. */
async function plant(list: string, count: number): Promise<readonly string[]> {
  const items = Array.from({ length: count }, () => ({
    ...accepted,
    pk: `operations#acme#op_${String(planted++).padStart(26, '0')}`,
    dueList: list,
    dueAt: new Date(YESTERDAY + planted).toISOString(),
  }));
  for (let i = 0; i < count; i += 25)
    await plane.write(...items.slice(i, i + 25).map((item) => marshall(item) as Raw));
  return items.map(({ pk }) => pk);
}

const sweep = async (leftMs = 50_000) =>
  ((await plane.call('sweep', {}, leftMs)) as { visited: number }).visited;

const listOf = async (pk: string) => (await plane.read(pk))?.dueList?.S;

describe('B9: the sweep', () => {
  test('visits what is due in every partition, whether the next release has put it there or the one before', async () => {
    const operations = (await Promise.all(DUE_LISTS.map((list) => plant(list, 3)))).flat();

    const visited = await sweep();
    const lists = await Promise.all(operations.map(listOf));

    expect(visited).toBe(24);
    expect(await sweep()).toBe(0);
    expect(lists).toEqual(operations.map((pk) => dueList(pk.split('#').at(-1) ?? '', WRITTEN_SHARDS)));
  });

  test('reads a page of each partition before the next of any, so that one with many keeps no other waiting', async () => {
    const { overdue } = await import('../../../lib/holdfast/runtime/operations/overdue.ts');
    const many = await plant('operations#due', 300);
    const few = (await Promise.all(DUE_LISTS.slice(1).map((list) => plant(list, 2)))).flat();

    const rounds: string[][] = [];
    for await (const round of overdue(new Date())) rounds.push(round.map(({ pk }) => pk));
    const visited = await sweep();

    expect(rounds[0]).toEqual([...many.slice(0, 64), ...few]);
    expect(rounds.flat()).toHaveLength(314);
    expect(visited).toBe(314);
  });

  test('visits none any more when its time is over, and the next run visits them', async () => {
    await plant('operations#due#5', 40);

    const without = await sweep(0);
    const next = await sweep();

    expect([without, next]).toEqual([0, 40]);
  });
});
