import { describe, expect, test } from '@jest/globals';
import * as z from 'zod';
import { lists } from '../../../../lib/holdfast/capabilities/lists/index.ts';
import { defineResource } from '../../../../lib/holdfast/core/definitions/define-resource.ts';
import { Problem } from '../../../../lib/holdfast/core/problems/problem.ts';
import { type ListPage, listPage } from '../../../../lib/holdfast/core/requests/listing.ts';
import { timestamp } from '../../../../lib/holdfast/core/values/text.ts';
import { NEWEST_SHAPES } from '../../../../lib/holdfast/core/versions/api-version.ts';
import { ticket, tickets } from './desk.ts';

/** What a query asks for, its parameters as they stand in a URL. */
const asked = (query: string, tenant = 'acme'): ListPage | undefined => {
  const parameters = new URLSearchParams(query);
  const all = [...new Set(parameters.keys())].map((name) => [name, parameters.getAll(name)]);
  return listPage(tickets, { tenant, query: Object.fromEntries(all), version: NEWEST_SHAPES });
};

const page = (query: string, tenant?: string): ListPage => {
  const found = asked(query, tenant);
  if (found === undefined) throw new Error(`'${query}' asks for a list that every resource has`);
  return found;
};

/** What a query is refused with, by parameter. */
const faults = (query: string, tenant?: string): unknown => {
  try {
    return asked(query, tenant);
  } catch (error) {
    const { code, row, occurrence } = Problem.from(error);
    return { code, status: row.status, errors: occurrence.errors };
  }
};

const refused = (...errors: readonly (readonly [parameter: string, detail: unknown])[]) => ({
  code: 'invalid-query',
  status: 400,
  errors: errors.map(([parameter, detail]) => ({ parameter, detail })),
});

const LISTS =
  'ask by customerId; or by customerId and state; or by customerId and urgent; or by rank; or by urgent; or by state; or by nothing';

describe('a list by members', () => {
  test('is the one whose members are exactly those that a request names, in whichever order', () => {
    expect(page('customerId=cu_1')).toMatchObject({ slot: 1, rule: 'lists.byCustomer', limit: 25 });
    expect(page('state=open&customerId=cu_1&limit=7')).toMatchObject({ slot: 2, limit: 7 });
    expect(page('urgent=false&customerId=cu_1')).toMatchObject({ slot: 3, first: 'lowest' });
  });

  test.each(['', 'state=open', 'state=open&limit=5', 'cursor=x'])(
    "is not what '%s' asks for: every resource has that list",
    (query) => {
      expect(asked(query)).toBeUndefined();
    },
  );

  test('has a resource where its keys say so, and only there', () => {
    const placed = page('customerId=cu_1').placeOf(ticket({}));

    expect(placed).toEqual({ list: page('customerId=cu_1').list, order: expect.any(String) });
    expect(placed?.list).not.toBe(page('customerId=cu_2').list);
    expect(placed?.list).not.toBe(page('customerId=cu_1', 'other').list);
    expect(page('urgent=true&customerId=cu_1').placeOf(ticket({}))?.list).toBe(
      page('urgent=true&customerId=cu_1').list,
    );
    expect(page('rank=3').placeOf(ticket({}))?.list).toBe(page('rank=3').list);
  });

  test('takes a number and a truth value as the member has them, and a text that looks like one as a text', () => {
    expect(page('rank=3').list).toBe(page('rank=03').list);
    expect(page('customerId=3').list).not.toBe(page('customerId=03').list);
    expect(page('customerId=true').placeOf(ticket({ customerId: 'true' }))?.list).toBe(
      page('customerId=true').list,
    );
  });

  test('is bounded by its order, both bounds included, wherever their zone is', () => {
    const inBounds = (query: string, data: object) => {
      const { between, placeOf } = page(query);
      const { order = '' } = placeOf(ticket(data)) ?? {};
      return order >= between[0] && order <= between[1];
    };
    const due = 'urgent=true&customerId=cu_1';

    for (const [bounds, expected] of [
      ['&from=2026-12-24', true],
      ['&to=2026-12-24', true],
      ['&from=2026-12-25', false],
      ['&to=2026-12-23', false],
      ['&from=2026-12-24&to=2026-12-24', true],
      ['', true],
    ] as const)
      expect([bounds, inBounds(`${due}${bounds}`, {})]).toEqual([bounds, expected]);
    expect(inBounds('customerId=cu_1&from=2026-11-30T09:00:00%2B01:00', {})).toBe(true);
    expect(inBounds('customerId=cu_1&from=2026-11-30T08:00:00.001Z', {})).toBe(false);
    expect(inBounds('rank=3&from=-5&to=3', {})).toBe(true);
    expect(inBounds('rank=3&from=4', {})).toBe(false);
  });
});

test('a bound is any time, date or integer, whichever of them the member can have', () => {
  const members = z.object({
    kind: z.string(),
    at: timestamp,
    second: z.iso.datetime({ precision: 0 }),
    count: z.int().min(10),
  });
  const orders = defineResource(
    { name: 'orders', singular: 'order', idPrefix: 'or', states: ['open'], members },
    lists({
      byTime: { by: ['kind', 'state'], order: 'at' },
      bySecond: { by: ['kind', 'at'], order: 'second' },
      byCount: { by: ['kind'], order: 'count' },
    }),
  );
  const boundsOf = (query: Readonly<Record<string, readonly string[]>>) =>
    listPage(orders, { tenant: 'acme', query, version: NEWEST_SHAPES })?.between;
  const [kind, state] = [['a'], ['open']];
  const time = '2026-12-24T00:00:00.000Z';
  const [from, to] = [['2026-12-24T00:00:00Z'], ['2026-12-24T01:00:00+01:00']];

  expect(boundsOf({ kind, state, from, to })).toEqual([`${time}#`, `${time}#~`]);
  expect(boundsOf({ kind, at: [time], from, to })).toEqual([`${time}#`, `${time}#~`]);
  expect(boundsOf({ kind, from: ['0'], to: ['12'] })?.[0]).toBe('09007199254740992#');
});

test('a value is asked for as what the member holds, though its schema makes that of anything', () => {
  const members = z.object({ open: z.coerce.boolean(), count: z.coerce.number() });
  const shops = defineResource(
    { name: 'shops', singular: 'shop', idPrefix: 'sh', states: ['open'], members },
    lists({ byOpen: ['open'], byCount: ['count'] }),
  );
  const listOf = (query: Readonly<Record<string, readonly string[]>>) =>
    listPage(shops, { tenant: 'acme', query, version: NEWEST_SHAPES })?.list;

  expect(listOf({ open: ['false'] })).not.toBe(listOf({ open: ['true'] }));
  expect(() => listOf({ count: [''] })).toThrow(Problem);
});

describe('a request for a list is refused with 400', () => {
  test.each<[why: string, query: string, errors: readonly (readonly [string, unknown])[]]>([
    [
      'there is no list by its members',
      'state=open&rank=3',
      [['rank', `asks for no list that there is; ${LISTS}`]],
    ],
    [
      'there is no parameter of its name',
      'customer=cu_1',
      [['customer', 'is not a parameter; use customerId, state, urgent, rank, limit, cursor, from, to']],
    ],
    [
      'it bounds what no list is by',
      'from=2026-11-30T08:00:00Z',
      [['from', `asks for no list that there is; ${LISTS}`]],
    ],
    ['it bounds the list by state', 'state=open&to=2026-11-30T08:00:00Z', [['from', expect.any(String)]]],
    ['a value is none of its member', 'rank=high', [['rank', 'is no value that this member can have']]],
    [
      'a value is empty where it may not be',
      'urgent=',
      [['urgent', 'is no value that this member can have']],
    ],
    ['a state is none', 'customerId=cu_1&state=closed', [['state', 'is none of open, answered']]],
    [
      'a bound is no time',
      'customerId=cu_1&from=yesterday&to=2026-11-30',
      [
        ['from', 'is no time; write it like 2026-11-25T08:00:00Z'],
        ['to', 'is no time; write it like 2026-11-25T08:00:00Z'],
      ],
    ],
    ['a bound is none of its member', 'rank=3&from=low', [['from', 'is no value that rank can have']]],
    ['a bound is empty', 'rank=3&from=', [['from', 'is no value that rank can have']]],
    ['it ends before it begins', 'rank=3&from=5&to=4', [['from', 'is after to; swap them']]],
    [
      'a parameter is there twice',
      'customerId=cu_1&customerId=cu_2',
      [['customerId', 'is given more than once']],
    ],
    ['its limit is none', 'rank=3&limit=101', [['limit', 'is not a number from 1 to 100']]],
    ['its cursor is none', 'rank=3&cursor=abc', [['cursor', 'was not given by this list; leave it out']]],
  ])('because %s', (_, query, errors) => {
    expect(faults(query)).toEqual(refused(...errors));
  });

  test('because a tenant has a name that leaves no room for its key, which the store would fail on', () => {
    expect(faults('customerId=cu_1', 'x'.repeat(2_010))).toEqual(
      refused(['customerId', "leaves no room in a key for the tenant's name"]),
    );
  });
});

describe('a cursor', () => {
  const from = '2026-11-01T00:00:00Z';
  const query = `customerId=cu_1&from=${from}`;
  const order = '2026-11-30T08:00:00.000Z#ti_01hf3q8ks2v7m4n6p8r0t2w4y6';
  const cursor = page(query).cursor(order);

  test('leads to where the page before ended', () => {
    expect(page(`${query}&cursor=${cursor}`).after).toBe(order);
  });

  test.each([
    ['of other values', `customerId=cu_2&from=${from}&cursor=${cursor}`, 'acme'],
    ['of another list', `customerId=cu_1&state=open&from=${from}&cursor=${cursor}`, 'acme'],
    ['of other bounds', `customerId=cu_1&cursor=${cursor}`, 'acme'],
    ['of another tenant', `${query}&cursor=${cursor}`, 'other'],
    ['of a list by state', `state=open&customerId=cu_1&cursor=${cursor}.x`, 'acme'],
  ])('%s is refused', (_, other, tenant) => {
    expect(faults(other, tenant)).toEqual(refused(['cursor', 'was not given by this list; leave it out']));
  });

  test.each([
    ['outside of the bounds', '2026-10-30T08:00:00.000Z#ti_1'],
    ['in no order', 'tickets#acme#byCustomer#x'],
    ['longer than any order', `2026-11-30T08:00:00.000Z#${'x'.repeat(65)}`],
  ])('that its maker has sealed is refused for a place %s: the store would fail on it', (_, place) => {
    expect(faults(`${query}&cursor=${page(query).cursor(place)}`)).toEqual(
      refused(['cursor', 'was not given by this list; leave it out']),
    );
  });
});

test('a list that is not complete is refused as a dependency that is not ready, to be asked again in a minute', () => {
  const { code, row, occurrence } = page('state=open&customerId=cu_1').notReady();

  expect({ code, ...row, ...occurrence }).toMatchObject({
    code: 'list-not-ready',
    status: 503,
    category: 'dependency',
    recovery: 'retry',
    retryAfterSeconds: 60,
    detail: 'the list by customerId and state is not complete yet',
  });
});
