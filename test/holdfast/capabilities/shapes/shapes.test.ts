import { describe, expect, test } from '@jest/globals';
import * as z from 'zod';
import { shapes } from '../../../../lib/holdfast/capabilities/shapes/index.ts';
import { defineAction } from '../../../../lib/holdfast/core/definitions/define-action.ts';
import { formOf } from '../../../../lib/holdfast/core/definitions/resource-extension.ts';
import { write } from '../../../../lib/holdfast/runtime/aws/attributes.ts';
import { readStored } from '../../../../lib/holdfast/runtime/records/item.ts';
import { MemoryStore } from '../../../../lib/holdfast/testing/memory-store.ts';
import { counterOf } from '../../support/counter.ts';
import { first, priced, type Release, reading, writing } from './releases.ts';

/** A service whose releases come and go over one store. */
function service() {
  const store = new MemoryStore();
  const ask = counterOf(store);
  return {
    ask,
    /** Members as they are kept. */
    kept: () => store.kept.at(-1)?.stored.data,
    made: async ({ create }: Release, by = 'alice') => {
      const { status, json, etag } = await ask(create, { input: { by } });
      expect(status).toBe(201);
      return { id: String(json.id), ifMatch: etag };
    },
    seen: async ({ tickets }: Release, id: string) =>
      (await store.load(tickets, `tickets#acme#${id}`))?.stored.data,
  };
}

describe('a member that is renamed', () => {
  test('is kept under its old name until the release before reads the new one', async () => {
    const { made, kept, seen } = service();

    const { id } = await made(reading);

    expect(kept()).toEqual({ customerId: 'alice' });
    expect(await seen(reading, id)).toEqual({ buyerId: 'alice' });
    expect(await seen(first, id)).toEqual({ customerId: 'alice' });
  });

  test('is kept under its new name by the release after that, and says in which shape it is', async () => {
    const { made, kept, seen } = service();

    const { id } = await made(writing);

    expect(kept()).toEqual({ buyerId: 'alice', '#shape': 2 });
    expect(await seen(reading, id)).toEqual({ buyerId: 'alice' });
  });

  test('is rewritten with the first write by a release that writes the new one', async () => {
    const { ask, made, kept } = service();
    const ticket = await made(first);

    const { status, json } = await ask(writing.annotate, { ...ticket, input: { note: 'x' } });

    expect([status, json.buyerId]).toEqual([200, 'alice']);
    expect(kept()).toEqual({ buyerId: 'alice', note: 'x', '#shape': 2 });
  });

  test('is never written back under its old name: not by a release that writes that', async () => {
    const { ask, made, kept } = service();
    const ticket = await made(writing);

    const { status } = await ask(reading.pass, { ...ticket, input: { by: 'bob' } });

    expect(status).toBe(200);
    expect(kept()).toEqual({ buyerId: 'bob', '#shape': 2 });
  });

  test('is refused, and left as it is, by a release that does not know the new one', async () => {
    const { ask, made, kept } = service();
    const ticket = await made(writing);

    const { status, json } = await ask(first.annotate, { ...ticket, input: { note: 'x' } });

    expect([status, json.code]).toEqual([503, 'temporarily-unavailable']);
    expect(kept()).toEqual({ buyerId: 'alice', '#shape': 2 });
  });

  test('goes through each shape in between', async () => {
    const { ask, made, kept, seen } = service();
    const ticket = await made(first);

    expect(await seen(priced, ticket.id)).toEqual({ buyerId: 'alice', price: 0 });
    await ask(priced.annotate, { ...ticket, input: { note: 'x' } });
    expect(kept()).toEqual({ buyerId: 'alice', note: 'x', '#shape': 2 });
  });
});

describe('what is kept', () => {
  const form = ({ tickets }: Release) => {
    const found = formOf(tickets);
    if (found === undefined) throw new Error('it has no shapes');
    return found;
  };

  test.each([
    ['in the older shape', reading, {}],
    ['in the newer shape', reading, { '#shape': 2 }],
    ['in the shape that is written', writing, {}],
    ['over two shapes', priced, { '#shape': 2 }],
  ])('%s is read as it was before', (_, release, before) => {
    const members = { buyerId: 'alice', ...(release === priced && { price: 0 }), later: [1, { a: 2 }] };
    const { read, store } = form(release);

    expect(read(store(members, before))).toEqual(members);
  });

  test('of other releases, and of the kit, stays', () => {
    const operation = { id: 'op_1', href: '/operations/op_1' };
    const kept = { customerId: 'alice', operation, later: 'x' };
    const { read, store } = form(writing);

    expect(read(kept)).toEqual({ buyerId: 'alice', operation, later: 'x' });
    expect(store(read(kept), kept)).toEqual({ buyerId: 'alice', operation, later: 'x', '#shape': 2 });
  });

  test('loses nothing: what the older shape would not hold is refused, and not stored', async () => {
    const { made, ask, kept } = service();
    const charge = defineAction({
      resource: priced.tickets,
      name: 'charge',
      summary: 'Do it.',
      scope: 'tickets:charge',
      from: ['open'],
      to: 'open',
      input: z.object({ price: z.int() }),
      decide: ({ input: { price } }) => ({ price }),
    });
    const ticket = await made(writing);

    const { status } = await ask(charge, { ...ticket, input: { price: 5 } });

    expect(status).toBe(500);
    expect(kept()).toEqual({ buyerId: 'alice', '#shape': 2 });
    expect(() => form(priced).store({ buyerId: 'alice', price: 5 }, undefined)).toThrow(
      "shapes of 'tickets': kept in shape 2 and read again, 'price' would not be what was decided; have downgrade hand on what shape 2 has no member for, and upgrade take it up",
    );
  });

  test('has no member that upgrade or downgrade gives as null: it is none, as it is to decide', () => {
    const found = shapes({
      reads: 2,
      writes: 1,
      upgrade: { 1: ({ customerId = null, ...rest }) => ({ ...rest, buyerId: customerId }) },
      downgrade: { 2: ({ buyerId = null, ...rest }) => ({ ...rest, customerId: buyerId }) },
    })({ name: 'tickets' }).form;

    expect(found?.read({ note: 'x' })).toEqual({ note: 'x' });
    expect(found?.store({ note: 'x' }, undefined)).toEqual({ note: 'x' });
  });

  test('is read alike from the table and from an index, whichever shape it is in', () => {
    const item = { pk: 'tickets#acme#ti_1', state: 'open', version: 1, commit: 'AAAA' };
    const read = (data: object) => readStored(writing.tickets, write({ ...item, data })).data;

    expect([read({ customerId: 'alice' }), read({ buyerId: 'alice', '#shape': 2 })]).toEqual([
      { buyerId: 'alice' },
      { buyerId: 'alice' },
    ]);
  });

  test.each([3, 0, 1.5, '2', null])('in shape %j is not guessed', (shape) => {
    expect(() => form(writing).read({ '#shape': shape })).toThrow(
      expect.objectContaining({
        code: 'temporarily-unavailable',
        cause: new Error(
          `one of tickets is kept in shape ${shape}, and this release reads up to 2; deploy the release that wrote it`,
        ),
      }),
    );
  });
});

describe('shapes are refused', () => {
  const same = (members: object) => ({ ...members });
  const define = (shape: Parameters<typeof shapes>[0]) => () => shapes(shape)({ name: 'tickets' });

  test.each([
    [{ reads: 1, writes: 1, upgrade: {} }, 'reads is 1; give a whole number from 2'],
    [{ reads: 2, writes: 3, upgrade: { 1: same } }, 'writes is 3; give a whole number from 1 to 2'],
    [{ reads: 2, writes: 0, upgrade: { 1: same } }, 'writes is 0; give'],
    [{ reads: 3, writes: 3, upgrade: { 2: same } }, 'upgrade has no 1; add what makes shape 2 of shape 1'],
    [{ reads: 2, writes: 2, upgrade: { 1: same, 2: same } }, 'upgrade has 2, which is none of 1; remove it'],
    [{ reads: 2, writes: 1, upgrade: { 1: same } }, 'downgrade has no 2; add what makes shape 1 of shape 2'],
    [
      { reads: 2, writes: 2, upgrade: { 1: same }, downgrade: { 3: same } },
      'downgrade has 3, which is none of 2; remove it',
    ],
  ])('%j: %s', (shape, fault) => {
    expect(define(shape)).toThrow(`shapes of 'tickets': ${fault}`);
  });

  test('and not for a way back that no release needs any more', () => {
    expect(define({ reads: 2, writes: 2, upgrade: { 1: same }, downgrade: { 2: same } })).not.toThrow();
  });
});
