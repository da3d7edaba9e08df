import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Problem } from '../../../../lib/holdfast/core/problems/problem.ts';
import { type ListPage, listPage } from '../../../../lib/holdfast/core/requests/listing.ts';
import { NEWEST_SHAPES } from '../../../../lib/holdfast/core/versions/api-version.ts';
import { tickets } from './desk.ts';

/** What may be asked for: a list, its values, and none, one or both of its bounds. */
const askings = fc
  .record({
    customerId: fc.constantFrom('cu_1', 'cu_2'),
    state: fc.option(fc.constantFrom('open', 'answered')),
    tenant: fc.constantFrom('acme', 'other'),
    from: fc.option(fc.constantFrom('2026-11-01T00:00:00Z', '2026-11-02T00:00:00Z')),
    to: fc.option(fc.constantFrom('2026-12-01T00:00:00Z', '2026-12-02T00:00:00Z')),
  })
  .map(({ tenant, ...query }) => ({
    tenant,
    query: Object.fromEntries(
      Object.entries(query).flatMap(([name, value]) => (value === null ? [] : [[name, [value]]])),
    ),
  }));

type Query = Readonly<Record<string, readonly string[]>>;

interface Asking {
  readonly tenant: string;
  readonly query: Query;
}

const pageOf = ({ tenant, query }: Asking, more: Query = {}): ListPage | undefined =>
  listPage(tickets, { tenant, query: { ...query, ...more }, version: NEWEST_SHAPES });

const ORDER = '2026-11-15T08:00:00.000Z#ti_01hf3q8ks2v7m4n6p8r0t2w4y6';

test('whatever is asked for, a cursor leads on in what it was given for, and in nothing else', () => {
  fc.assert(
    fc.property(askings, askings, (given, asked) => {
      const cursor = pageOf(given)?.cursor(ORDER) ?? '';
      const isSame = JSON.stringify(given) === JSON.stringify(asked);
      const leads = () => pageOf(asked, { cursor: [cursor] })?.after;
      if (isSame) expect(leads()).toBe(ORDER);
      else expect(leads).toThrow(Problem);
    }),
    { numRuns: 1_000 },
  );
});
