import { QueryCommand } from '@aws-sdk/client-dynamodb';
import type { Resource } from '../../core/definitions/define-resource.ts';
import type { ListPage } from '../../core/requests/listing.ts';
import { idOf, partitionKey } from '../../core/store/keys.ts';
import { write } from '../aws/attributes.ts';
import { answered, dynamodb } from '../aws/dynamodb.ts';
import { readStored } from './item.ts';
import type { Page } from './records.ts';
import { TableName } from './records-table.ts';

/**
 * One page of a list by members. What stands in the index by a key that is not that of its members is left out: a release
 * without the list has changed it.
 * @throws Problem `temporarily-unavailable`
 */
export async function queryList(
  resource: Resource,
  tenant: string,
  { slot, first, list, between: [low, high], limit, after, placeOf, cursor }: ListPage,
): Promise<Page> {
  const [partition, sort] = [`l${slot}`, `o${slot}`];
  const { Items = [], LastEvaluatedKey } = await answered(
    dynamodb.send(
      new QueryCommand({
        TableName,
        IndexName: `list-${slot}`,
        KeyConditionExpression: '#list = :list AND #order BETWEEN :low AND :high',
        ExpressionAttributeNames: { '#list': partition, '#order': sort },
        ExpressionAttributeValues: write({ ':list': list, ':low': low, ':high': high }),
        ScanIndexForward: first === 'lowest',
        Limit: limit,
        ...(after !== undefined && {
          ExclusiveStartKey: write({
            pk: partitionKey(resource, tenant, idOf(after)),
            [partition]: list,
            [sort]: after,
          }),
        }),
      }),
    ),
  );
  const items = Items.flatMap((item) => {
    const stored = readStored(resource, item);
    const place = placeOf(stored);
    return place?.list === list && place.order === item[sort]?.S ? [stored] : [];
  });
  const end = LastEvaluatedKey?.[sort]?.S;
  return { items, nextCursor: end && cursor(end) };
}
