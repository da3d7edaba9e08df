import { expect, test } from '@jest/globals';
import { type Item, readExpressions } from '../../../lib/holdfast/testing/explore/store/expression.ts';
import { conflict, dynamodb, itemIn } from '../../../lib/holdfast/testing/explore/store/table.ts';
import { World } from '../../../lib/holdfast/testing/explore/store/world.ts';

const names = { '#version': 'version', '#outcome': 'outcome', '#kind': 'kind' };
const values: Item = { ':version': { N: '2' }, ':rejected': { S: 'rejected' } };

const holds = (condition: string, item: Item | undefined) => {
  const used = (all: object) =>
    Object.fromEntries(Object.entries(all).filter(([name]) => new RegExp(`${name}\\b`).test(condition)));
  return readExpressions({ condition }, { names: used(names), values: used(values) }).condition(item);
};

test.each([
  ['attribute_not_exists(pk)', undefined, true],
  ['attribute_not_exists(pk)', { pk: { S: 'a' } }, false],
  ['attribute_exists(pk)', { pk: { S: 'a' } }, true],
  ['#version = :version', { version: { N: '2.0' } }, true],
  ['#version = :version', { version: { S: '2' } }, false],
  ['#version = :version', undefined, false],
  ['#version <> :version', { version: { N: '3' } }, true],
  ['#version >= :version', { version: { N: '10' } }, true],
  ['#version > :version', { version: { S: '3' } }, false],
  ['#version BETWEEN :version AND :version', { version: { N: '2' } }, true],
  ['#version BETWEEN :version AND :version AND attribute_exists(pk)', { version: { N: '2' } }, false],
  ['#version BETWEEN :version AND :version', { version: { N: '3' } }, false],
  ['#version BETWEEN :version AND :version', { version: { N: '1' } }, false],
  ['NOT #outcome.#kind IN (:rejected)', { outcome: { M: { kind: { S: 'pending' } } } }, true],
  ['NOT #outcome.#kind IN (:rejected)', { outcome: { M: { kind: { S: 'rejected' } } } }, false],
  [
    'attribute_exists(pk) AND (attribute_not_exists(#outcome) OR #version = :version)',
    { pk: { S: 'a' } },
    true,
  ],
  ['attribute_exists(a) OR attribute_exists(b) AND attribute_exists(c)', { a: { S: '' } }, true],
] as const)('the condition %s of %j is %p, as in DynamoDB', (condition, item, expected) => {
  expect(holds(condition, item)).toBe(expected);
});

test.each([
  ['size(#version) > :version', "'size' is no function that the kit uses"],
  ['contains(#version, :version)', "'contains' is no function that the kit uses"],
  ['#version = :version + :version', "no expression of the kit has '+'"],
  ['#version = :other', ':other stands for no value'],
  ['#other = :version', '#other stands for no name'],
  ['#version = :version)', "')' comes where it should end"],
  ['attribute_exists(pk) #version', "'#version' comes where it should end"],
])('the condition %s, which the kit never writes, is refused and not guessed at', (condition, message) => {
  expect(() => holds(condition, { version: { N: '2' } })).toThrow(message);
});

test('an attribute that may not be there is not compared with <>, which means something else then', () => {
  expect(() => holds('#version <> :version', {})).toThrow("'version' is compared, and may not be there");
});

test('a placeholder that no expression uses is refused, as by DynamoDB', () => {
  expect(() => readExpressions({ condition: 'attribute_exists(pk)' }, { names })).toThrow(
    '#version, #outcome, #kind is given, and used in no expression',
  );
});

const put = (pk: string) => ({ Put: { TableName: 'RecordsTable', Item: { pk: { S: pk } } } });
const absent = {
  ConditionExpression: 'attribute_not_exists(pk)',
  ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
};

test('a transaction is done whole or not at all, and tells which condition failed', () => {
  const { world } = dynamodb(new World(), 'PutItem', JSON.stringify(put('a').Put));
  const items = [put('b'), { Put: { ...put('a').Put, ...absent } }];
  const body = JSON.stringify({ TransactItems: items, ClientRequestToken: 't' });

  const reply = dynamodb(world, 'TransactWriteItems', body);

  expect(itemIn(reply.world, 'RecordsTable/b')).toBeUndefined();
  expect(JSON.parse(reply.body)).toMatchObject({
    CancellationReasons: [{ Code: 'None' }, { Code: 'ConditionalCheckFailed', Item: { pk: { S: 'a' } } }],
  });
});

test('a transaction that comes again under its token is done once', () => {
  const update = {
    Update: {
      TableName: 'RecordsTable',
      Key: { pk: { S: 'a' } },
      UpdateExpression: 'ADD calls :one',
      ExpressionAttributeValues: { ':one': { N: '1' } },
    },
  };
  const body = JSON.stringify({ TransactItems: [update], ClientRequestToken: 't' });

  const once = dynamodb(new World(), 'TransactWriteItems', body);
  const twice = dynamodb(once.world, 'TransactWriteItems', body);

  expect(twice.status).toBe(200);
  expect(itemIn(twice.world, 'RecordsTable/a')).toEqual({ pk: { S: 'a' }, calls: { N: '1' } });
});

test('a conflict changes nothing, and is told of the item that is held', () => {
  const world = new World();
  const body = JSON.stringify({ TransactItems: [put('a'), put('b')], ClientRequestToken: 't' });

  const reply = conflict(world, 'TransactWriteItems', body);

  expect(reply.world).toBe(world);
  expect(JSON.parse(reply.body)).toMatchObject({
    CancellationReasons: [{ Code: 'TransactionConflict' }, { Code: 'None' }],
  });
});
