import { type Change, type Item, type Path, readExpressions, type Value, valueAt } from './expression.ts';
import type { Reply, World } from './world.ts';

/** Key attributes by table. */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  RecordsTable: ['pk'],
  IdempotencyTable: ['id'],
  HistoryTable: ['pk', 'sk'],
};

/** A write, alone or in a transaction. */
interface Write {
  readonly TableName: string;
  readonly Key?: Item;
  readonly Item?: Item;
  readonly UpdateExpression?: string;
  readonly ConditionExpression?: string;
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>>;
  readonly ExpressionAttributeValues?: Item;
  readonly ReturnValuesOnConditionCheckFailure?: string;
  readonly ReturnValues?: string;
}

interface Transaction {
  readonly TransactItems: readonly Readonly<Record<string, Write>>[];
  readonly ClientRequestToken: string;
}

interface Query extends Write {
  readonly IndexName?: string;
  readonly KeyConditionExpression: string;
  readonly FilterExpression?: string;
  readonly ProjectionExpression?: string;
  readonly ScanIndexForward?: boolean;
  readonly Limit?: number;
  readonly Select?: string;
  readonly ExclusiveStartKey?: Item;
}

/** Sort keys of the indexes; that of `list-1` is `o1`. */
const SORTS: Readonly<Record<string, string>> = {
  'by-time': 'createdAt',
  'by-state': 'stateOrder',
  'by-due': 'dueAt',
};

const KNOWN: readonly string[] = [
  'TableName',
  'Key',
  'Item',
  'UpdateExpression',
  'ConditionExpression',
  'ExpressionAttributeNames',
  'ExpressionAttributeValues',
  'ReturnValuesOnConditionCheckFailure',
  'ReturnValues',
  'ConsistentRead',
];

/** `RecordsTable/payouts#acme#po_…`: an item's name in the world. */
export function itemName(table: string, item: Item): string {
  const names = KEYS[table];
  if (names === undefined) throw new Error(`there is no table ${table}`);
  return `${table}/${names.map((name) => item[name]?.S ?? missing(name)).join('/')}`;
}

const missing = (name: string): never => {
  throw new Error(`a key has no ${name}`);
};

/** An item of the world. */
export function itemIn(world: World, name: string): Item | undefined {
  const text = world.get(name);
  return text === undefined ? undefined : JSON.parse(text);
}

/** Every image of an item that the stream of its table has told, the oldest first. */
export const imagesOf = (world: World, name: string): readonly Item[] =>
  JSON.parse(world.get(`stream/${name}`) ?? '[]');

/** What a call touches, and whether it writes: `undefined` for what names no item. */
export function touchedBy(operation: string, body: string): readonly { name: string; writes: boolean }[] {
  const input = JSON.parse(body);
  const name = ({ TableName, Key, Item }: Write) => itemName(TableName, Key ?? Item ?? {});
  if (operation === 'GetItem') return [{ name: name(input), writes: false }];
  if (operation === 'Query') return [];
  if (operation === 'TransactGetItems')
    return getsIn(input).map((each) => ({ name: name(each), writes: false }));
  if (operation !== 'TransactWriteItems') return [{ name: name(input), writes: true }];
  const { TransactItems }: Transaction = input;
  return TransactItems.flatMap((each) => Object.values(each)).map((each) => ({
    name: name(each),
    writes: true,
  }));
}

/** Does what DynamoDB does of a call, at once and whole. @throws Error for what the kit never asks */
export function dynamodb(world: World, operation: string, body: string): Reply {
  if (operation === 'TransactWriteItems') return transact(world, JSON.parse(body));
  if (operation === 'TransactGetItems') return together(world, JSON.parse(body));
  if (operation === 'Query') return query(world, JSON.parse(body));
  const input: Write = JSON.parse(body);
  known(input);
  if (operation === 'GetItem') {
    const item = itemIn(world, itemName(input.TableName, input.Key ?? {}));
    return ok(world, item && { Item: item });
  }
  const { name, before, holds, after } = prepared(world, operation, input);
  if (!holds) {
    const shown = input.ReturnValuesOnConditionCheckFailure === 'ALL_OLD' && before ? { Item: before } : {};
    return refused(world, 'ConditionalCheckFailedException', {
      message: 'The conditional request failed',
      ...shown,
    });
  }
  const told = input.ReturnValues === 'ALL_NEW' && after ? { Attributes: after } : {};
  return ok(stored(world, [[name, after]]), told);
}

/** An error, as DynamoDB's protocol has it. */
export const refused = (world: World, type: string, members: object = { message: type }): Reply => ({
  world,
  status: 400,
  body: JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${type}`, ...members }),
});

const ok = (world: World, members: object = {}): Reply => ({
  world,
  status: 200,
  body: JSON.stringify(members),
});

function known(input: object): void {
  const strange = Object.keys(input).filter((name) => !KNOWN.includes(name));
  if (strange.length > 0) throw new Error(`the kit gives no ${strange.join(', ')} in a call of DynamoDB`);
}

/** What a write finds, and what it would leave; nothing is changed yet. */
function prepared(world: World, operation: string, input: Write) {
  known(input);
  const name = itemName(input.TableName, input.Key ?? input.Item ?? {});
  const before = itemIn(world, name);
  const { condition, changes } = readExpressions(
    {
      ...(input.ConditionExpression !== undefined && { condition: input.ConditionExpression }),
      ...(input.UpdateExpression !== undefined && { update: input.UpdateExpression }),
    },
    { names: input.ExpressionAttributeNames, values: input.ExpressionAttributeValues },
  );
  const holds = condition(before);
  return { name, before, holds, after: holds ? afterOf(operation, input, before, changes) : undefined };
}

function afterOf(
  operation: string,
  { Key, Item: put }: Write,
  before: Item | undefined,
  changes: readonly Change[],
) {
  if (operation === 'PutItem' || operation === 'Put') return put;
  if (operation === 'DeleteItem' || operation === 'Delete') return undefined;
  if (operation === 'ConditionCheck') return before;
  if (operation !== 'UpdateItem' && operation !== 'Update') throw new Error(`the kit makes no ${operation}`);
  return changes.reduce((item, change) => changed(item, change, change.path), before ?? Key ?? {});
}

/** @throws Error for a path that leads into nothing, which DynamoDB refuses */
function changed(item: Item, change: Change, [name = '', ...rest]: Path): Item {
  if (rest.length > 0) {
    const inner = item[name]?.M;
    if (inner === undefined) throw new Error(`there is no map ${name} for ${change.path.join('.')}`);
    return { ...item, [name]: { M: changed(inner, change, rest) } };
  }
  if (change.do === 'remove') {
    const { [name]: _, ...others } = item;
    return others;
  }
  return { ...item, [name]: change.do === 'set' ? change.value : sum(item[name], change.value) };
}

const sum = (a: Value | undefined, b: Value): Value => ({ N: String(Number(a?.N ?? 0) + Number(b.N)) });

/** Members in one order, so that the same item is the same text. */
const textOf = (item: Item): string =>
  JSON.stringify(Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1))));

function stored(world: World, items: readonly (readonly [name: string, item: Item | undefined])[]): World {
  return world.with(
    items.flatMap(([name, item]) => {
      const text = item && textOf(item);
      // Of an item that tells of no event, nobody follows the stream.
      const images = name.startsWith('RecordsTable/') && item?.last && [...imagesOf(world, name), item];
      return [
        [name, text] as const,
        ...(images ? [[`stream/${name}`, JSON.stringify(images)] as const] : []),
      ];
    }),
  );
}

const getsIn = ({ TransactItems }: Transaction) => TransactItems.flatMap(({ Get }) => Get ?? []);

/** Items as they stand at one moment. */
function together(world: World, input: Transaction): Reply {
  const items = getsIn(input).map(({ TableName, Key = {} }) => itemIn(world, itemName(TableName, Key)));
  return ok(world, { Responses: items.map((item) => ({ ...(item && { Item: item }) })) });
}

function transact(world: World, { TransactItems, ClientRequestToken }: Transaction): Reply {
  const token = `token/${ClientRequestToken}`;
  const text = JSON.stringify(TransactItems);
  const earlier = world.get(token);
  if (earlier !== undefined && earlier !== text)
    return refused(world, 'IdempotentParameterMismatchException');
  if (earlier !== undefined) return ok(world);
  const writes = TransactItems.flatMap((each) =>
    Object.entries(each).map(([kind, write]) => ({ kind, write, ...prepared(world, kind, write) })),
  );
  if (writes.every(({ holds }) => holds))
    return ok(
      stored(
        world,
        writes.filter(({ kind }) => kind !== 'ConditionCheck').map(({ name, after }) => [name, after]),
      ).with([[token, text]]),
    );
  return cancelled(world, writes.map(reasonOf));
}

/** Forgets the token of a transaction whose sender knows that it was done, or is no more: nobody sends it again. */
export function withoutToken(world: World, operation: string, body: string): World {
  if (operation !== 'TransactWriteItems') return world;
  const { ClientRequestToken }: Transaction = JSON.parse(body);
  return world.with([[`token/${ClientRequestToken}`, undefined]]);
}

const reasonOf = ({ holds, before, write }: { holds: boolean; before: Item | undefined; write: Write }) =>
  holds
    ? { Code: 'None' }
    : {
        Code: 'ConditionalCheckFailed',
        Message: 'The conditional request failed',
        ...(write.ReturnValuesOnConditionCheckFailure === 'ALL_OLD' && before && { Item: before }),
      };

const cancelled = (world: World, CancellationReasons: readonly object[]) =>
  refused(world, 'TransactionCanceledException', { Message: 'Transaction cancelled', CancellationReasons });

/**
 * Refuses a write because another one holds its item: of a transaction, its first item, and the others are judged.
 * @param shown what the others are judged by. @default the world as it is
 */
export function conflict(world: World, operation: string, body: string, shown = world): Reply {
  if (!operation.startsWith('Transact')) return refused(world, 'TransactionConflictException');
  const { TransactItems }: Transaction = JSON.parse(body);
  const isRead = operation === 'TransactGetItems';
  const reasons = TransactItems.flatMap((each) =>
    isRead
      ? { Code: 'None' }
      : Object.entries(each).map(([kind, write]) => reasonOf({ write, ...prepared(shown, kind, write) })),
  );
  return cancelled(world, [
    { Code: 'TransactionConflict', Message: 'Transaction is ongoing for the item' },
    ...reasons.slice(1),
  ]);
}

/** A page of an index, or of the history, as it stands: indexes are never behind here. */
function query(world: World, input: Query): Reply {
  const { TableName, IndexName, Limit, ExclusiveStartKey, FilterExpression, ScanIndexForward = true } = input;
  if (ExclusiveStartKey !== undefined) throw new Error('the kit reads no second page here');
  const placeholders = { names: input.ExpressionAttributeNames, values: input.ExpressionAttributeValues };
  const { condition, paths } = readExpressions(
    {
      condition:
        FilterExpression === undefined
          ? input.KeyConditionExpression
          : `${input.KeyConditionExpression} AND ${FilterExpression}`,
      ...(input.ProjectionExpression !== undefined && { projection: input.ProjectionExpression }),
    },
    placeholders,
  );
  const sort = IndexName === undefined ? 'sk' : (SORTS[IndexName] ?? IndexName.replace('list-', 'o'));
  const orderOf = (item: Item) => item[sort]?.S ?? '';
  const found = world
    .under(`${TableName}/`)
    .map(([, text]): Item => JSON.parse(text))
    .filter((item) => item[sort] !== undefined && condition(item))
    .sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1) * (ScanIndexForward ? 1 : -1));
  if (Limit !== undefined && found.length > Limit) throw new Error('a page holds all that there is here');
  const shown = paths === undefined ? found : found.map((item) => projected(item, paths));
  return ok(world, { Count: found.length, ...(input.Select !== 'COUNT' && { Items: shown }) });
}

const projected = (item: Item, paths: readonly Path[]): Item =>
  Object.fromEntries(
    paths.flatMap((path) => {
      const value = valueAt(item, path);
      return value === undefined ? [] : [[path[0] ?? '', value]];
    }),
  );
