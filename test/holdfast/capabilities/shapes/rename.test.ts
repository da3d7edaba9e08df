import { expect, test } from '@jest/globals';
import { MemoryStore } from '../../../../lib/holdfast/testing/memory-store.ts';
import { counterOf } from '../../support/counter.ts';
import { first, type Release, reading, writing } from './releases.ts';

/** The releases that run side by side at a time. */
const COURSE: readonly (readonly Release[])[] = [
  [first],
  [first, reading],
  [reading],
  [reading, writing],
  // What came is taken back, in the middle of it.
  [reading],
  [reading, writing],
  [writing],
];

/** So many clients write all the time, each on tickets of its own and on one of all. */
const CLIENTS = 4;

const ROUNDS = 12;

test('a member is renamed by three releases with a rollback among them, while clients write: nothing is lost or kept under two names, and nothing served without it', async () => {
  const store = new MemoryStore();
  const ask = counterOf(store);
  const owners = new Map<string, string>();
  const shared = String((await ask(first.create, { input: { by: 'zoe' } })).json.id);
  owners.set(shared, 'zoe');
  const read = async ({ tickets, owner }: Release, id: string) =>
    (await store.load(tickets, `tickets#acme#${id}`))?.stored.data[owner];

  /** One client's writes, each by whichever of the releases it reaches. */
  const client = async (live: readonly Release[], name: string) => {
    for (let round = 0; round < ROUNDS; round++) {
      const release = live[round % live.length] ?? first;
      const by = `${name}-${round}`;
      const { json, etag } = await ask(release.create, { input: { by } });
      owners.set(String(json.id), by);
      const next = live[(round + 1) % live.length] ?? first;
      const passed = await ask(next.pass, {
        id: String(json.id),
        ifMatch: etag,
        input: { by: `${by}'` },
      });
      expect(passed.status).toBe(200);
      owners.set(String(json.id), `${by}'`);
      const noted = await ask(next.annotate, { id: shared, ifMatch: '*', input: { note: by } });
      expect(noted.status).toBe(200);
    }
  };

  for (const live of COURSE) {
    await Promise.all(Array.from({ length: CLIENTS }, (_, i) => client(live, `c${i}`)));
    for (const release of live)
      for (const [id, by] of owners) expect([id, await read(release, id)]).toEqual([id, by]);
  }

  const isNamedOnce = (data: object) => 'customerId' in data !== 'buyerId' in data;
  expect(store.kept.filter(({ stored }) => !isNamedOnce(stored.data))).toEqual([]);
  const shapes = [...owners.keys()].map(
    (id) => store.kept.findLast(({ stored }) => stored.id === id)?.stored.data['#shape'] ?? 1,
  );
  expect(new Set(shapes)).toEqual(new Set([1, 2]));
});
