import { describe, expect, test } from '@jest/globals';
import {
  assignments,
  keyConditions,
  operandsOfIn,
  operatorCount,
  tokensOf,
} from '../../../../lib/holdfast/local/dynamodb/expression-tokens.ts';

describe('the tokens of an expression', () => {
  test('tell what an update sets on the item itself, and nothing below it', () => {
    const tokens = tokensOf(
      'SET #a = :a, data.b = :b, c = if_not_exists(c, :c), d = d + :d, e = :e REMOVE f ADD g :g',
    );

    expect(assignments(tokens)).toEqual([
      ['#a', ':a'],
      ['e', ':e'],
    ]);
  });

  test('tell with which key each value is compared', () => {
    const tokens = tokensOf('pk = :p AND (#s BETWEEN :a AND :b)');

    expect(keyConditions(tokens)).toEqual([
      ['pk', ':p'],
      ['#s', ':a'],
      ['#s', ':b'],
    ]);
  });

  test.each([
    ['a = :a AND NOT (b <> :b)', false, 4],
    ['a BETWEEN :a AND :b', false, 1],
    ['begins_with(a, :a) or size(b) > :b', false, 4],
    ['SET a = :v1 + :v2 + :v3', true, 2],
  ])('of %s count as operators and functions as AWS counts them', (expression, isUpdate, count) => {
    expect(operatorCount(tokensOf(expression), isUpdate)).toBe(count);
  });

  test('count the operands of each IN', () => {
    expect(operandsOfIn(tokensOf('a IN (:a, :b) AND b IN (:c)'))).toEqual([2, 1]);
  });
});
