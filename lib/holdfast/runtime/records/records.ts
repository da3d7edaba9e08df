import { QueryCommand, TransactGetItemsCommand } from '@aws-sdk/client-dynamodb';
import type { Resource } from '../../core/definitions/define-resource.ts';
import type { StoredResource } from '../../core/definitions/representation.ts';
import type { Extendable } from '../../core/definitions/resource-extension.ts';
import { Problem } from '../../core/problems/problem.ts';
import { encodeCursor, type Position } from '../../core/requests/cursor.ts';
import { readListQuery } from '../../core/requests/list-query.ts';
import type { Asking } from '../../core/requests/listing.ts';
import { idOf, listKey, partitionKey, stateOrder } from '../../core/store/keys.ts';
import type { Item, Standing } from '../../core/store/store.ts';
import { isResourceId } from '../../core/values/resource-id.ts';
import { type Attributes, write } from '../aws/attributes.ts';
import { answered, dynamodb, isContention, storageProblem } from '../aws/dynamodb.ts';
import { readItem, readStored } from './item.ts';
import { getItem, TableName } from './records-table.ts';

/** Index of a tenant's resources by time of creation. */
const BY_TIME = 'by-time';

/** Index of a tenant's resources by state, then by time of creation. */
const BY_STATE = 'by-state';

/**
 * One item, as the last write left it.
 * @throws Problem `temporarily-unavailable`
 */
export async function loadItem(resource: Extendable, pk: string): Promise<Item | undefined> {
  const item = await answered(getItem(pk));
  return item && readItem(resource, item);
}

/**
 * Which versions of items stood at one moment; undefined where somebody was writing one of them.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactGetItems.html
 * @throws Problem `temporarily-unavailable`
 */
export async function loadTogether(
  read: ReadonlyMap<string, unknown>,
): Promise<readonly (Standing | undefined)[] | undefined> {
  const TransactItems = [...read.keys()].map((pk) => ({ Get: { TableName, Key: write({ pk }) } }));
  try {
    const { Responses = [] } = await dynamodb.send(new TransactGetItemsCommand({ TransactItems }));
    return Responses.map(
      ({ Item }) => Item && { stored: { version: Number(Item.version?.N), commit: Item.commit?.S ?? '' } },
    );
  } catch (error) {
    if (isContention(error)) return undefined;
    throw storageProblem(error);
  }
}

/**
 * What a client names by an id, in its own tenant.
 * @throws Problem `not-found`, without a read for what is no id of this resource; `temporarily-unavailable`
 */
export async function requireItem(resource: Resource, tenant: string, id: string): Promise<Item> {
  const item = isResourceId(resource.idPrefix, id)
    ? await loadItem(resource, partitionKey(resource, tenant, id))
    : undefined;
  if (item === undefined) throw new Problem('not-found', { resource: resource.singular });
  return item;
}

/** Some of a tenant's resources, and what those after them are asked for by if there are more. */
export interface Page {
  readonly items: readonly StoredResource[];
  readonly nextCursor: string | undefined;
}

/**
 * The page that is asked for, newest first; an index is read, so that the last second's writes may be missing.
 * @param resourceId of operations: those on this resource alone. @default all
 * @throws Problem `invalid-query`, `temporarily-unavailable`
 */
export async function readPage(
  resource: Resource,
  { tenant, query, version }: Asking,
  resourceId?: string,
): Promise<Page> {
  // A cursor belongs to its filter, of which the resource is a part.
  const name = resourceId === undefined ? resource.name : `${resource.name}/${resourceId}`;
  const { state, limit, after } = readListQuery({ name, states: resource.states }, tenant, query, version);
  const list = listKey(resource, tenant);
  const inState = state === undefined ? {} : { ':state': `${state}#` };
  const { Items = [], LastEvaluatedKey } = await answered(
    dynamodb.send(
      new QueryCommand({
        TableName,
        IndexName: state === undefined ? BY_TIME : BY_STATE,
        KeyConditionExpression: `#list = :list${state === undefined ? '' : ' AND begins_with(stateOrder, :state)'}`,
        ...(resourceId !== undefined && { FilterExpression: '#data.#resource.#id = :id' }),
        ExpressionAttributeNames: {
          '#list': 'list',
          ...(resourceId !== undefined && { '#data': 'data', '#resource': 'resource', '#id': 'id' }),
        },
        ExpressionAttributeValues: write({ ':list': list, ':id': resourceId, ...inState }),
        ScanIndexForward: false,
        Limit: limit,
        ExclusiveStartKey: after && startKey(after, resource, tenant, state),
      }),
    ),
  );
  const scope = { tenant, resource: name, filter: state ?? '' };
  return {
    items: Items.map((item) => readStored(resource, item)),
    nextCursor: LastEvaluatedKey && encodeCursor(scope, position(LastEvaluatedKey)),
  };
}

/** Where a page ended, whether or not its last item is shown. */
function position(key: Attributes): Position {
  const { pk, createdAt, stateOrder: order } = key;
  return {
    id: idOf(pk?.S ?? ''),
    createdAt: createdAt?.S ?? order?.S?.slice(order.S.indexOf('#') + 1) ?? '',
  };
}

function startKey(
  { createdAt, id }: Position,
  resource: Resource,
  tenant: string,
  state: string | undefined,
) {
  const order = state === undefined ? { createdAt } : { stateOrder: stateOrder(state, createdAt) };
  return write({ pk: partitionKey(resource, tenant, id), list: listKey(resource, tenant), ...order });
}
