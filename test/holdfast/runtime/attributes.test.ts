import { unmarshall } from '@aws-sdk/util-dynamodb';
import { describe, expect, test } from '@jest/globals';
import { write } from '../../../lib/holdfast/runtime/aws/attributes.ts';

describe('values as DynamoDB stores them', () => {
  test.each<[string, object]>([
    [
      'of every type that JSON has',
      { a: null, b: true, c: 'x', d: -1.5, e: 1e-7, f: [1, [], {}], g: { h: '' } },
    ],
    ['with a member that is named constructor', { constructor: 'x' }],
    ['with one that pretends to be a class', { a: { constructor: { name: 'String' }, size: 0 } }],
    [
      'with one that pretends to be a set',
      { a: { constructor: { name: 'Set' } }, b: [{ constructor: null }] },
    ],
    ['with members that objects have of their own', { toString: 'x', valueOf: 1, hasOwnProperty: [] }],
    ['without a prototype', Object.assign(Object.create(null), { a: 1 })],
  ])('are read as they were written: those %s', (_, values) => {
    expect(JSON.stringify(unmarshall(write(values)))).toBe(JSON.stringify(values));
  });

  test('leave out what is undefined, and write bytes as they are', () => {
    const bytes = new Uint8Array([1, 2]);

    expect(write({ a: undefined, b: [1, undefined], c: { d: undefined }, e: bytes })).toEqual({
      b: { L: [{ N: '1' }] },
      c: { M: {} },
      e: { B: bytes },
    });
  });

  test.each([
    [Number.NaN, 'number'],
    [1n, 'bigint'],
    [() => 1, 'function'],
    [new Date(0), 'Date'],
    [new Set(['a']), 'Set'],
  ])('are refused where they are neither JSON nor bytes: %p', (value, kind) => {
    expect(() => write({ a: value })).toThrow(
      new TypeError(`a ${kind} cannot be stored in DynamoDB; write JSON or bytes`),
    );
  });
});
