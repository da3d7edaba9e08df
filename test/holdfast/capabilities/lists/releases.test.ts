import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { StoredResource } from '../../../../lib/holdfast/core/definitions/representation.ts';
import { listPage } from '../../../../lib/holdfast/core/requests/listing.ts';
import type { Values } from '../../../../lib/holdfast/core/store/store.ts';
import { NEWEST_SHAPES } from '../../../../lib/holdfast/core/versions/api-version.ts';
import { differences } from '../../../../lib/holdfast/core/writes/differences.ts';
import { kept } from '../../../../lib/holdfast/core/writes/keeping.ts';
import { ticket, tickets } from './desk.ts';

// Releases with lists and without write the same tickets in any order.

/** A ticket with its keys, as its table has it. */
interface Row {
  readonly stored: StoredResource;
  readonly attributes: Values;
}

const IDS = ['ti_1', 'ti_2', 'ti_3'];

const CUSTOMERS = ['ada', 'bob'];

const change = fc.record({
  id: fc.constantFrom(...IDS),
  customerId: fc.constantFrom(...CUSTOMERS, null),
  dueDate: fc.constantFrom('2026-12-24', '2027-01-06', null),
  state: fc.constantFrom('open', 'answered'),
  release: fc.constantFrom('with lists', 'without'),
});

const pkOf = (id: string) => `tickets#acme#${id}`;

const withValues = (attributes: Values) =>
  Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== null));

const written = (before: Row | undefined, stored: StoredResource, release: string): Row => {
  const keys =
    release === 'without'
      ? {}
      : kept({ resource: tickets, pk: pkOf(stored.id), read: undefined, next: stored }).attributes;
  return { stored, attributes: withValues({ ...before?.attributes, ...keys }) };
};

/** What a backfill makes of a row. */
const putRight = ({ stored, attributes }: Row): Row => {
  const item = { stored, receipts: [], spilledUntil: 0, operations: 0, last: undefined, derived: {} };
  const due = differences({ resource: tickets, pk: pkOf(stored.id), item, attributes });
  return { stored, attributes: withValues({ ...attributes, ...due.attributes }) };
};

const LISTS = CUSTOMERS.flatMap((customerId) => [
  { customerId },
  { customerId, state: 'open' },
  { customerId, urgent: 'true' },
]);

/** Ids that a list shows, and ids of the tickets whose members match it. */
function listed(rows: readonly Row[], by: (typeof LISTS)[number]) {
  const query = Object.fromEntries(Object.entries(by).map(([name, value]) => [name, [value]]));
  const page = listPage(tickets, { tenant: 'acme', query, version: NEWEST_SHAPES });
  const shown = rows.filter(({ stored, attributes }) => {
    const place = page?.placeOf(stored);
    const [list, order] = [attributes[`l${page?.slot}`], attributes[`o${page?.slot}`]];
    return list === page?.list && place?.list === list && place?.order === order;
  });
  const matching = rows.filter(({ stored: { data, state } }) =>
    Object.entries(by).every(([name, value]) => String({ ...data, state }[name]) === value),
  );
  // What has no date is in no order of dates.
  const ordered = matching.filter(({ stored: { data } }) => !('urgent' in by) || data.dueDate !== undefined);
  const ids = (all: readonly Row[]) => all.map(({ stored }) => stored.id).sort();
  return { shown: ids(shown), matching: ids(ordered) };
}

test('a list never shows what does not match it, and after a backfill it shows all that does, whichever releases have written', () => {
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 12 }), (changes) => {
      const rows = new Map<string, Row>();
      for (const { id, customerId, dueDate, state, release } of changes) {
        const { data, ...rest } = ticket({}, id);
        const members = withValues({ ...data, customerId, dueDate });
        rows.set(id, written(rows.get(id), { ...rest, state, data: members }, release));
        for (const by of LISTS) {
          const { shown, matching } = listed([...rows.values()], by);
          expect(shown.filter((each) => !matching.includes(each))).toEqual([]);
        }
      }

      const after = [...rows.values()].map(putRight);

      for (const by of LISTS) {
        const { shown, matching } = listed(after, by);
        expect(shown).toEqual(matching);
      }
      expect(after.map(putRight)).toEqual(after);
    }),
  );
});
