import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fingerprint } from '../../../lib/holdfast/core/values/fingerprint.ts';

const of = (input: unknown, rest = {}) =>
  fingerprint({ action: 'payouts.submit', resourceId: 'po_1', actorId: 'alice', input, ...rest });

// powertools-ts#2120: the same JSON with its members in another order.
test('the order of members does not matter, at any depth', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (object) => {
      const reversed = Object.fromEntries(Object.entries(object).reverse());

      expect(of({ inner: object })).toBe(of({ inner: reversed }));
    }),
  );
});

// powertools-ts deepSort.ts @2.35.0: names that differ only by case had no fixed order.
test('names that differ by case have one order', () => {
  expect(of({ Id: 1, id: 2 })).toBe(of({ id: 2, Id: 1 }));
  expect(of({ Id: 1, id: 2 })).not.toBe(of({ id: 1, Id: 2 }));
});

// agentrust agent-manifest#404: RFC 8785 3.1 keeps strings as they are.
test('Unicode is not normalised', () => {
  expect(of({ name: '\u00e9' })).not.toBe(of({ name: 'e\u0301' }));
});

test('the spelling of a number does not matter, its value does', () => {
  expect(of(JSON.parse('{"n":1.0}'))).toBe(of(JSON.parse('{"n":1e0}')));
  expect(of({ n: 1 })).not.toBe(of({ n: '1' }));
});

test('action, resource, actor and input each make another request', () => {
  const all = [
    of({}),
    of({}, { action: 'x' }),
    of({}, { resourceId: 'x' }),
    of({}, { actorId: 'x' }),
    of({ a: 1 }),
  ];

  expect(new Set(all).size).toBe(all.length);
});

// powertools-ts deepSort.ts @2.35.0, body-parser#347: what stands under __proto__ vanished from the hash.
test('a member named __proto__ counts', () => {
  expect(of(JSON.parse('{"__proto__":{"a":1}}'))).not.toBe(of({}));
});

test('a member that is undefined is one that is absent, and null is neither', () => {
  expect(of({ a: undefined })).toBe(of({}));
  expect(of({ a: null })).not.toBe(of({}));
});

test('the order of a list matters', () => {
  expect(of({ a: [1, 2] })).not.toBe(of({ a: [2, 1] }));
});

test('what is a part of one member is not taken for a part of another', () => {
  expect(of({}, { action: 'a', resourceId: '","b' })).not.toBe(of({}, { action: 'a","', resourceId: 'b' }));
});

// Written down: a retry that spans a deployment has to be the same request to the next release.
test('the fingerprint of a request is the same in every release', () => {
  expect(of({ amount: { currency: 'EUR', value: '1.00' }, note: 'é\u2028"' })).toBe('Ct1hX7pi9L2Yr7D-yNFT9A');
});
