import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { StoredForm } from '../../../lib/holdfast/core/definitions/resource-extension.ts';
import { keyHash } from '../../../lib/holdfast/core/requests/idempotency-key.ts';
import {
  type Item,
  isSame,
  type PlannedWrite,
  type Store,
  type Values,
  type Written,
} from '../../../lib/holdfast/core/store/store.ts';
import { MemoryStore } from '../../../lib/holdfast/testing/memory-store.ts';
import { DAY, decided, type Planned, planOf } from '../support/plans.ts';
import { type StoreTable, startStoreTable } from '../support/store-table.ts';
import { tasks } from '../support/tasks.ts';

// What every store keeps, whichever it is: the one of AWS, over the emulator, and the one of quick tests.

let table: StoreTable;
beforeAll(async () => {
  table = await startStoreTable();
});
afterAll(() => table.close());

/** The same, of a release that calls the title a name. */
const form: StoredForm = {
  reads: 2,
  writes: 2,
  read: ({ title, '#shape': _, ...rest }) => ({ ...rest, name: title }),
  store: ({ name, ...rest }) => ({ ...rest, title: name, '#shape': 2 }),
};
const shaped = { ...tasks, extensions: [{ capability: 'another', form }] };

/** Of the writes that were in the way. */
const labelsOf = (written: Written): readonly string[] =>
  'refused' in written ? [...written.refused.keys()] : [JSON.stringify(written)];

const event = { action: 'tasks.act', actor: 'alice', key: 'k', to: 'open', version: 2 };

describe.each(['DynamoDB', 'memory'])('the store of %s', (name) => {
  let store: Store;
  let n = 0;
  beforeEach(() => {
    store = name === 'memory' ? new MemoryStore() : table.store;
  });
  /** A key that nobody has. */
  const fresh = () => `tasks#acme#${name}${n++}`;
  const write = (pk: string, asked: Planned = {}) => store.write(planOf(pk, asked), Date.now() + 5_000);
  const load = async (pk: string): Promise<Item> => {
    const item = await store.load(tasks, pk);
    if (item === undefined) throw new Error(`there is no ${pk}`);
    return item;
  };
  const made = async (members: Values = {}) => {
    const pk = fresh();
    await write(pk, { members });
    return { pk, read: await load(pk) };
  };
  const moved = ({ pk, read }: { pk: string; read: Item }) => write(pk, { read, members: { moved: true } });

  test('loads nothing where nothing was written', async () => {
    expect(await store.load(tasks, fresh())).toBeUndefined();
  });

  test('loads a resource as it was written, internal members included', async () => {
    const pk = fresh();

    expect(await write(pk, { members: { title: 'A' }, hidden: { code: 1 } })).toEqual({ done: true });
    expect(await load(pk)).toMatchObject({
      operations: 0,
      last: { action: 'act', version: 1 },
      stored: { state: 'open', version: 1, data: { title: 'A' }, hidden: { code: 1 } },
    });
  });

  test('makes a resource once, and tells of the one that stands there', async () => {
    const { pk } = await made({ title: 'A' });

    expect(await write(pk, { members: { title: 'B' } })).toMatchObject({
      done: false,
      standing: { stored: { version: 1, data: { title: 'A' } } },
    });
  });

  test('sets, removes and leaves alone what a change says', async () => {
    const pk = fresh();
    await write(pk, { members: { title: 'A', note: 'n', list: ['x'] }, hidden: { code: 1, seen: 2 } });

    await write(pk, { read: await load(pk), members: { title: 'B', note: null }, hidden: { code: null } });

    const { stored } = await load(pk);
    expect(stored).toMatchObject({ version: 2, data: { title: 'B', list: ['x'] }, hidden: { seen: 2 } });
    expect(Object.keys(stored.data)).toHaveLength(2);
    expect(stored.hidden).toEqual({ seen: 2 });
  });

  test('changes nothing where another change came first, and tells what stands', async () => {
    const item = await made();
    await moved(item);

    expect(await write(item.pk, { read: item.read, members: { late: true } })).toMatchObject({
      done: false,
      standing: { stored: { version: 2, data: { moved: true } } },
    });
    expect((await load(item.pk)).stored.data).toEqual({ moved: true });
  });

  test('finds the receipt of each of forty changes, and of no other', async () => {
    const { pk } = await made();
    for (let i = 0; i < 40; i++) await write(pk, { read: await load(pk), key: keyHash(`k${i}`) });
    const item = await load(pk);

    const keys = ['k', 'k0', 'k20', 'k39', 'other'].map(keyHash);

    const found = await Promise.all(keys.map((key) => store.findReceipt(pk, item, key, DAY)));

    expect(found.map((each) => each?.key)).toEqual([...keys.slice(0, 4), undefined]);
  });

  test('puts what is new beside a change with it, and where it is not new does neither', async () => {
    const item = await made();
    const beside = [{ label: 'operation', put: { pk: fresh(), version: 1 } }];

    expect(await write(item.pk, { read: item.read, beside })).toEqual({ done: true });
    const read = await load(item.pk);
    const [{ put: standing } = {}] = beside;
    expect(await write(item.pk, { read, beside })).toEqual({
      done: false,
      refused: new Map([['operation', standing]]),
    });
    expect((await load(item.pk)).stored.version).toBe(2);
  });

  test('makes a resource with what is beside it, or not at all', async () => {
    const [pk, other] = [fresh(), await made()];
    const check = { label: 'side', check: { pk: other.pk, read: other.read } };
    await moved(other);

    expect(labelsOf(await write(pk, { beside: [check] }))).toEqual(['side']);
    expect(await store.load(tasks, pk)).toBeUndefined();
    const now = { label: 'side', check: { pk: other.pk, read: await load(other.pk) } };
    expect(await write(pk, { beside: [now] })).toEqual({ done: true });
  });

  test('changes several resources together, each on condition that it stands as it was read', async () => {
    const [main, side, seen, absent] = [await made(), await made({ left: 5 }), await made(), fresh()];
    const change = () => ({
      label: 'side',
      change: { resource: tasks, ...side, decided: decided(side.pk, side.read, { left: 4 }), event },
    });
    const beside = [
      change(),
      { label: 'seen', check: seen },
      { label: 'absent', check: { pk: absent, read: undefined } },
    ];

    expect(await write(main.pk, { read: main.read, beside })).toEqual({ done: true });
    const receipts = (await load(side.pk)).receipts.map(({ key }) => key);
    expect(await load(side.pk)).toMatchObject({ stored: { version: 2, data: { left: 4 } }, last: event });
    expect(receipts).toEqual([keyHash('k')]);
    expect((await load(seen.pk)).stored.version).toBe(1);

    const again = await write(main.pk, { read: await load(main.pk), beside: [change()] });
    expect(labelsOf(again)).toEqual(['side']);
    expect((await load(main.pk)).stored.version).toBe(2);
  });

  test('tells by label each write beside the resource that was refused', async () => {
    const [main, one, other, fine] = [await made(), await made(), await made(), await made()];
    await Promise.all([moved(one), moved(other)]);
    const beside = [
      { label: 'one', check: one },
      { label: 'fine', check: fine },
      {
        label: 'other',
        change: { resource: tasks, ...other, decided: decided(other.pk, other.read, {}), event },
      },
    ];

    expect(labelsOf(await write(main.pk, { read: main.read, beside }))).toEqual(['one', 'other']);
  });

  test('judges the resource itself before whatever is beside it', async () => {
    const [main, side] = [await made(), await made()];
    await moved(main);
    await moved(side);

    expect(await write(main.pk, { read: main.read, beside: [{ label: 'side', check: side }] })).toMatchObject(
      {
        done: false,
        standing: { stored: { version: 2 } },
      },
    );
  });

  test('tells which versions of several stand at one moment, in their order', async () => {
    const [one, other, absent] = [await made(), await made(), fresh()];
    await moved(other);

    const items = await store.loadTogether?.(
      new Map([other.pk, absent, one.pk].map((pk) => [pk, undefined])),
    );

    expect(items?.map((item) => item?.stored.version)).toEqual([2, undefined, 1]);
    expect(isSame(items?.[2], one.read)).toBe(true);
  });

  test('gives what nobody has to its first owner, and to nobody else until it is let go', async () => {
    const [one, other, pk] = [await made(), await made(), `unique#${fresh()}`];
    const take = (owner: string, of = owner) => ({ label: 'taken', put: { pk, owner }, of });
    const takenBy = (owner: string) => ({ done: false, refused: new Map([['taken', { pk, owner }]]) });
    const letGo = (of: string) => ({ label: 'let go', remove: { pk, of } });
    const asks = async (by: Awaited<ReturnType<typeof made>>, ...beside: PlannedWrite[]) =>
      write(by.pk, { read: await load(by.pk), beside });

    expect(await asks(one, take(one.pk))).toEqual({ done: true });
    expect(await asks(one, take(one.pk))).toEqual({ done: true });
    expect(await asks(other, take(other.pk))).toEqual(takenBy(one.pk));
    expect(labelsOf(await asks(other, letGo(other.pk)))).toEqual(['let go']);
    expect(await asks(one, letGo(one.pk))).toEqual({ done: true });
    expect(await asks(one, letGo(one.pk))).toEqual({ done: true });
    expect(await asks(other, take(other.pk))).toEqual({ done: true });
    expect(await asks(one, take(one.pk, other.pk))).toEqual({ done: true });
    expect(await asks(other, take(other.pk))).toEqual(takenBy(one.pk));
  });

  test('keeps members in another shape than code knows them, and gives them back as it knows them', async () => {
    const pk = fresh();
    const { decided: made, ...plan } = planOf(pk, { members: { title: 'A' } });
    const kept = { title: 'A', '#shape': 2 };
    await store.write(
      { ...plan, decided: { ...made, changes: kept, next: { ...made.next, data: kept } } },
      DAY,
    );

    const read = await store.load(shaped, pk);

    expect(read).toMatchObject({ stored: { data: { name: 'A' } }, kept });
    expect(await store.load(tasks, pk).catch(({ code }) => code)).toBe('temporarily-unavailable');
  });

  test('lets one of many changes through that were decided on the same version', async () => {
    const { pk, read } = await made();

    const all = await Promise.all(
      Array.from({ length: 8 }, (_, i) => write(pk, { read, members: { by: i }, key: `k${i}` })),
    );

    expect(all.filter(({ done }) => done)).toHaveLength(1);
    expect((await load(pk)).stored.version).toBe(2);
  });

  test('lets one of many through that take the same resource beside their own', async () => {
    const side = await made({ left: 1 });
    const mains = await Promise.all(Array.from({ length: 6 }, () => made()));

    const all = await Promise.all(
      mains.map(({ pk, read }) => {
        const change = { resource: tasks, ...side, decided: decided(side.pk, side.read, { left: 0 }), event };
        return write(pk, { read, beside: [{ label: 'side', change }] });
      }),
    );

    expect(all.filter(({ done }) => done)).toHaveLength(1);
    expect(await load(side.pk)).toMatchObject({ stored: { version: 2, data: { left: 0 } } });
  });
});
