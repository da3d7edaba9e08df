import { describe, expect, test } from '@jest/globals';
import * as z from 'zod';
import { defineAction } from '../../../lib/holdfast/core/definitions/define-action.ts';
import type { Extendable } from '../../../lib/holdfast/core/definitions/resource-extension.ts';
import type { Item } from '../../../lib/holdfast/core/store/store.ts';
import { MemoryStore } from '../../../lib/holdfast/testing/memory-store.ts';
import { counterOf } from '../support/counter.ts';
import { tasks } from '../support/tasks.ts';

const create = defineAction({
  resource: tasks,
  name: 'create',
  summary: 'Make one.',
  scope: 'tasks:create',
  to: 'open',
  input: z.object({ title: z.string() }),
  decide: ({ input }) => input,
});

const finish = defineAction({
  resource: tasks,
  name: 'finish',
  summary: 'It is done.',
  scope: 'tasks:finish',
  from: ['open'],
  to: 'done',
  input: z.object({}),
  decide: () => ({}),
});

/** As a later release leaves what it has erased. */
class Erased extends MemoryStore {
  isErased = false;
  override async load(resource: Extendable, pk: string): Promise<Item | undefined> {
    const item = await super.load(resource, pk);
    return item && { ...item, ...(this.isErased && { isErased: true }) };
  }
}

const retitle = defineAction({
  resource: tasks,
  name: 'retitle',
  summary: 'Call it something else.',
  scope: 'tasks:retitle',
  from: ['open'],
  to: 'open',
  anyVersion: true,
  input: z.object({ title: z.string() }),
  decide: ({ input }) => input,
});

describe('an action on any version', () => {
  const writers = (store: MemoryStore, pace: { waited: (ms: number) => void; leftMs?: number }, id: string) =>
    Promise.all(
      Array.from({ length: 8 }, (_, i) =>
        counterOf(store, pace)(retitle, { id, ifMatch: '*', input: { title: `t${i}` } }),
      ),
    );

  test('that meets others decides again after a while, which is longer each time, until each has taken effect', async () => {
    const store = new MemoryStore();
    const { json } = await counterOf(store)(create, { input: { title: 'A' } });
    const waits: number[] = [];

    const all = await writers(store, { waited: (ms) => void waits.push(ms) }, String(json.id));

    expect(all.map(({ status }) => status)).toEqual(all.map(() => 200));
    expect(new Set(all.map(({ json: { version } }) => version)).size).toBe(8);
    expect(waits.length).toBeGreaterThanOrEqual(7);
    expect(Math.max(...waits)).toBeLessThan(500);
  });

  test('decides again on what stands after its wait, and not on what refused its write before', async () => {
    const others: (() => Promise<unknown>)[] = [];
    const store = new MemoryStore(async (call) => {
      if (call === 'write') await others.pop()?.();
    });
    const { json } = await counterOf(store)(create, { input: { title: 'A' } });
    const rename = (title: string, pace = {}) =>
      counterOf(store, pace)(retitle, { id: String(json.id), ifMatch: '*', input: { title } });
    others.push(() => rename('before its write'));
    const waits: number[] = [];
    const waited = async (ms: number) => {
      waits.push(ms);
      await rename('while it waits');
    };

    const { status, json: last } = await rename('at last', { waited });

    expect([status, last.version, waits.length]).toEqual([200, 4, 1]);
  });

  const twin = { ifMatch: '*', key: 'k', input: { title: 'mine' } };
  test.each<[string, (store: Erased, id: string, etag: string) => unknown, object]>([
    [
      'its twin has taken effect, by that',
      (store, id) => counterOf(store)(retitle, { id, ...twin }),
      { status: 200, replayed: true, json: { version: 3, title: 'mine' } },
    ],
    [
      'its key was taken by another request, by that',
      (store, id) => counterOf(store)(retitle, { id, ...twin, input: { title: 'other' } }),
      { status: 422, json: { code: 'idempotency-key-reused' } },
    ],
    [
      'no state allows it any more, by that',
      (store, id, ifMatch) => counterOf(store)(finish, { id, ifMatch }),
      { status: 409, json: { code: 'illegal-transition' } },
    ],
    [
      'nothing is there any more, by that',
      (store) => {
        store.isErased = true;
      },
      { status: 404, json: { code: 'not-found' } },
    ],
  ])('is answered, where while it waits %s', async (_, happens, answer) => {
    const others: (() => Promise<unknown>)[] = [];
    const store = new Erased(async (call) => {
      if (call === 'write') await others.pop()?.();
    });
    const { json } = await counterOf(store)(create, { input: { title: 'A' } });
    const id = String(json.id);
    const overtaking = { ifMatch: '*', input: { title: 'first' } };
    let etag = '';
    others.push(async () => {
      ({ etag } = await counterOf(store)(retitle, { id, ...overtaking }));
    });
    const waits: number[] = [];
    const waited = async (ms: number) => {
      waits.push(ms);
      await happens(store, id, etag);
    };

    expect(await counterOf(store, { waited })(retitle, { id, ...twin })).toMatchObject(answer);

    expect(waits).toHaveLength(1);
  });

  test('begins no other decision in the last second that it has: the same request again is safe', async () => {
    const store = new MemoryStore();
    const { json } = await counterOf(store)(create, { input: { title: 'A' } });

    const all = await writers(store, { waited: () => undefined, leftMs: 900 }, String(json.id));

    expect(new Set(all.map(({ status }) => status))).toEqual(new Set([200, 503]));
    expect(store.kept).toHaveLength(1 + all.filter(({ status }) => status === 200).length);
  });
});

test('a decision cannot act as somebody else: who asks is told to it, and is not its to change', async () => {
  const store = new MemoryStore();
  const asAnother = {
    ...create,
    decide: (({ actor }: { actor: object }) => ({
      title: Object.assign(actor, { id: 'mallory' }).id,
    })) as never,
  };

  const { status } = await counterOf(store)(asAnother, { input: { title: 'A' } });

  expect(status).toBe(500);
  expect(store.kept).toEqual([]);
});

describe('a resource that a later release has erased', () => {
  test('is gone for an action, for a repeated one and for the create that made it', async () => {
    const store = new Erased();
    const ask = counterOf(store);
    const made = await ask(create, { key: 'c', input: { title: 'A' } });
    const on = { id: String(made.json.id), ifMatch: made.etag };
    const done = await ask(finish, { ...on, key: 'f' });
    store.isErased = true;

    const answers = await Promise.all([
      ask(finish, { ...on, key: 'f' }),
      ask(finish, { ...on, key: 'other' }),
      ask(create, { key: 'c', input: { title: 'A' } }),
    ]);

    expect(done.status).toBe(200);
    expect(answers.map(({ status, json }) => [status, json.code])).toEqual([
      [404, 'not-found'],
      [404, 'not-found'],
      [404, 'not-found'],
    ]);
  });
});
