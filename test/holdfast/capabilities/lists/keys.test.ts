import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { orderOf } from '../../../../lib/holdfast/capabilities/lists/places.ts';
import type { Plan, Values } from '../../../../lib/holdfast/core/store/store.ts';
import { kept } from '../../../../lib/holdfast/core/writes/keeping.ts';
import { MemoryStore } from '../../../../lib/holdfast/testing/memory-store.ts';
import { counterOf } from '../../support/counter.ts';
import { answerTicket, createTicket, ticket, tickets } from './desk.ts';

const ID = 'ti_01hf3q8ks2v7m4n6p8r0t2w4y6';

/** What is kept with a ticket of a tenant. */
const keysOf = (data: object = {}, { tenant = 'acme', state = 'open' } = {}): Values => {
  const next = { ...ticket(data), state };
  return kept({ resource: tickets, pk: `tickets#${tenant}#${ID}`, read: undefined, next }).attributes;
};

describe('the keys that are kept with a resource', () => {
  test('are those of each list in the index of its number: what it is by as a hash, and its order with its id', () => {
    expect(keysOf()).toEqual({
      l1: expect.stringMatching(/^tickets#acme#byCustomer#[\w-]{22}$/),
      o1: `2026-11-30T08:00:00.000Z#${ID}`,
      l2: expect.stringMatching(/^tickets#acme#byCustomerAndState#[\w-]{22}$/),
      o2: `2026-11-30T08:00:00.000Z#${ID}`,
      l3: expect.stringMatching(/^tickets#acme#overdue#[\w-]{22}$/),
      o3: `2026-12-24#${ID}`,
      l4: expect.stringMatching(/^tickets#acme#byRank#[\w-]{22}$/),
      o4: `09007199254740995#${ID}`,
      l5: null,
      o5: null,
    });
  });

  test('hold no value of a member that a list is by', () => {
    expect(JSON.stringify(keysOf({ customerId: 'jane.doe@example.com' }))).not.toContain('jane');
  });

  test('are others for other values, another state and another tenant, and the same for the same', () => {
    const all = [
      keysOf().l2,
      keysOf({ customerId: 'cu_2' }).l2,
      keysOf({}, { state: 'answered' }).l2,
      keysOf({}, { tenant: 'other' }).l2,
    ];

    expect(new Set(all).size).toBe(4);
    expect(keysOf({ rank: 9 }).l2).toBe(keysOf().l2);
    // A text is not the number that it looks like.
    expect(keysOf({ customerId: 1 }).l1).not.toBe(keysOf({ customerId: '1' }).l1);
  });

  test('are none where a member that a list is by or in the order of is missing', () => {
    expect(keysOf({ dueDate: undefined })).toMatchObject({ l3: null, o3: null });
    expect(keysOf({ customerId: null })).toMatchObject({ l1: null, l2: null, l3: null });
    expect(keysOf({ customerId: undefined }).l4).toEqual(expect.any(String));
  });

  test('are none where a tenant has a name that leaves no room for them, so that its writes are stored all the same', () => {
    const room = 2_048 - 'tickets##byCustomer#'.length - 22;

    expect(Buffer.byteLength(String(keysOf({}, { tenant: 'x'.repeat(room) }).l1))).toBe(2_048);
    expect(keysOf({}, { tenant: 'x'.repeat(room + 1) }).l1).toBeNull();
  });
});

describe('an order in a key', () => {
  test('of integers is theirs, negative ones and the largest included', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.maxSafeInteger(), (a, b) => {
        const [one, other] = [orderOf(a), orderOf(b)];
        expect([one?.length, other?.length]).toEqual([17, 17]);
        expect(Math.sign(a - b)).toBe(String(one) < String(other) ? -1 : Number(String(one) > String(other)));
      }),
    );
  });

  test('of times is theirs, whatever their zone and their digits', () => {
    const times = [
      '2026-11-30T08:00:00Z',
      '2026-11-30T09:00:00.001+01:00',
      '2026-11-30T08:00:00.5Z',
      '2026-11-30T07:00:01-01:00',
    ];

    const orders = times.map(orderOf);

    expect(orders).toEqual(orders.toSorted());
    expect(new Set(orders).size).toBe(4);
    expect(orderOf('2026-11-30T09:00:00+01:00')).toBe(orders[0]);
  });

  test('is none of what is neither a date, a time nor an integer, as an older release may have stored it', () => {
    expect(['soon', 1.5, 2 ** 53, true, {}, undefined, '2026-13-01'].map(orderOf)).toEqual(
      Array(7).fill(undefined),
    );
    // One that would be in another year by its zone has a sign, and would be before all others.
    expect(orderOf('9999-12-31T23:59:59-01:00')).toBeUndefined();
  });
});

describe('a write', () => {
  /** A desk, and what it has written of each ticket's own attributes. */
  const desk = () => {
    const store = new MemoryStore();
    const written: Plan[] = [];
    const ask = counterOf({
      load: (resource, pk) => store.load(resource, pk),
      findReceipt: (pk, item, key) => store.findReceipt(pk, item, key),
      write: (plan) => {
        written.push(plan);
        return store.write(plan);
      },
    });
    return { ask, attributes: () => written.at(-1)?.attributes ?? {} };
  };
  const input = { customerId: 'cu_1', urgent: true, rank: 3 };

  test('that makes a resource puts its keys, and nothing in the place of those that it has not', async () => {
    const { ask, attributes } = desk();

    const { status } = await ask(createTicket, { input });

    expect(status).toBe(201);
    // A null would be put as one, and DynamoDB refuses it in a key.
    expect(Object.keys(attributes()).filter((name) => /^[lo]\d$/.test(name))).toEqual(
      expect.arrayContaining(['l1', 'l2', 'l4', 'o1', 'o2', 'o4']),
    );
    expect(Object.values(attributes())).not.toContain(null);
  });

  test('that moves a resource and changes what lists are by sets the keys of what it comes to, and removes those that it has no more', async () => {
    const { ask, attributes } = desk();
    const { json, etag } = await ask(createTicket, { input: { ...input, dueDate: '2026-12-24' } });
    const before = attributes();

    await ask(answerTicket, { id: json.id, ifMatch: etag, input: { customerId: 'cu_2', dueDate: null } });
    const after = attributes();

    expect(before.l3).toEqual(expect.any(String));
    expect(after).toMatchObject({ l3: null, o3: null, l4: before.l4 });
    expect(after.l1).not.toBe(before.l1);
    expect(after.l2).not.toBe(before.l2);
  });
});
