import { describe, expect, test } from '@jest/globals';
import payouts from '../../../functions/actions/payouts/resource.ts';
import { Problem } from '../../../lib/holdfast/core/problems/problem.ts';
import { encodeCursor } from '../../../lib/holdfast/core/requests/cursor.ts';
import { readListQuery } from '../../../lib/holdfast/core/requests/list-query.ts';

const read = (query: Record<string, string[]>) => readListQuery(payouts, 'acme', query);

const refusal = (query: Record<string, string[]>): Problem => {
  try {
    read(query);
  } catch (error) {
    return Problem.from(error);
  }
  throw new Error(`${JSON.stringify(query)} was read`);
};

const position = { createdAt: '2026-11-25T07:02:45.894Z', id: 'po_1' };
const cursorOf = (filter: string, tenant = 'acme') =>
  encodeCursor({ tenant, resource: 'payouts', filter }, position);

describe('a list query', () => {
  test('that says nothing asks for 25 of every state, from the newest on', () => {
    expect(read({})).toEqual({ limit: 25 });
  });

  test.each([['1'], ['25'], ['99'], ['100']])('asks for %s', (limit) => {
    expect(read({ limit: [limit] })).toEqual({ limit: Number(limit) });
  });

  test.each(['0', '101', '1000', '-1', '1.5', '01', '1e2', ' 1', '1 ', '+1', '', 'x', '٣', '9'.repeat(400)])(
    'is refused a limit of %j',
    (limit) => {
      expect(refusal({ limit: [limit] }).occurrence.errors).toEqual([
        { parameter: 'limit', detail: 'is not a number from 1 to 100' },
      ]);
    },
  );

  test('goes on where the page before ended, in the same list', () => {
    expect(read({ cursor: [cursorOf('')] })).toEqual({ limit: 25, after: position });
    expect(read({ cursor: [cursorOf('draft')], state: ['draft'], limit: ['2'] })).toEqual({
      limit: 2,
      state: 'draft',
      after: position,
    });
  });

  test.each([
    ['another filter', cursorOf('draft')],
    ['another tenant', cursorOf('', 'other')],
    ['nobody', 'x'],
    ['nothing', ''],
  ])('is refused a cursor of %s', (_, cursor) => {
    const { code, row, occurrence } = refusal({ cursor: [cursor] });

    expect({ code, status: row.status }).toEqual({ code: 'invalid-query', status: 400 });
    expect(occurrence.errors).toEqual([
      { parameter: 'cursor', detail: 'was not given by this list; leave it out' },
    ]);
  });

  test.each(['DRAFT', 'lost', '', 'constructor', '__proto__', 'draft#'])(
    'is refused the state %j',
    (state) => {
      expect(refusal({ state: [state] }).occurrence.errors).toEqual([
        {
          parameter: 'state',
          detail: 'is none of draft, submitted, approved, disbursing, paid, returned, cancelled',
        },
      ]);
    },
  );

  test('is told every fault at once', () => {
    const query = { sort: ['asc'], limit: ['0'], state: ['draft', 'paid'] };

    expect(refusal(query).occurrence.errors).toEqual([
      { parameter: 'sort', detail: 'is not a parameter; use state, limit, cursor' },
      { parameter: 'state', detail: 'is given more than once' },
      { parameter: 'limit', detail: 'is not a number from 1 to 100' },
    ]);
  });

  test('is not fooled by parameters that every object has', () => {
    const query = Object.fromEntries([
      ['__proto__', ['x']],
      ['toString', ['x']],
    ]);

    const errors = refusal(query).occurrence.errors ?? [];

    expect(errors.map((error) => Object.values(error)[0])).toEqual(['__proto__', 'toString']);
  });
});
