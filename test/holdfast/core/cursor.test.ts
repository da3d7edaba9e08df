import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decodeCursor, encodeCursor } from '../../../lib/holdfast/core/requests/cursor.ts';

const scope = { tenant: 'acme', resource: 'payouts', filter: 'draft' };
const position = { createdAt: '2026-11-25T07:02:45.894Z', id: 'po_hkkecssdchqc6bmxzcww6eh1rv' };

describe('a cursor', () => {
  test('gives back the position it was made of, and can stand in a query as it is', () => {
    const cursor = encodeCursor(scope, position);

    const read = decodeCursor(scope, cursor);

    expect(read).toEqual(position);
    expect(encodeURIComponent(cursor)).toBe(cursor);
  });

  test.each([
    ['tenant', { tenant: 'other' }],
    ['resource', { resource: 'refunds' }],
    ['filter', { filter: '' }],
    // The seal tells where one part ends and the next begins.
    ['split of its scope', { tenant: 'acme","payouts', resource: 'x' }],
  ])('of another %s leads nowhere', (_, other) => {
    const cursor = encodeCursor({ ...scope, ...other }, position);

    expect(decodeCursor(scope, cursor)).toBeUndefined();
  });

  test('with any one character changed, added or removed leads nowhere', () => {
    const cursor = encodeCursor(scope, position);
    const place = fc.integer({ min: 0, max: cursor.length - 1 });
    const character = fc.constantFrom(...'aZ0-_./+=');

    fc.assert(
      fc.property(place, character, (at, other) => {
        const [before, after] = [cursor.slice(0, at), cursor.slice(at + 1)];
        const forged = [`${before}${other}${cursor.slice(at)}`, `${before}${after}`];
        const changed = `${before}${other}${after}`;

        expect(forged.filter((each) => decodeCursor(scope, each) !== undefined)).toEqual([]);
        expect(decodeCursor(scope, changed)).toEqual(changed === cursor ? position : undefined);
      }),
    );
  });

  test.each(['', '.', '..', 'x', 'x.y', '%', 'e30.e30', '__proto__', `${'a'.repeat(100_000)}.b`])(
    'that is %j leads nowhere',
    (value) => {
      expect(decodeCursor(scope, value)).toBeUndefined();
    },
  );
});
