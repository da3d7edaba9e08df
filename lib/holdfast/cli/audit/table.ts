import { type DynamoDBClient, GetItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import type { Attributes } from '../../runtime/aws/attributes.ts';
import type { RegisteredResource } from '../../service/registry.ts';
import type { Walked } from './walk.ts';

/** Read at the same time: a table of a million records takes minutes, and its traffic has most of what it takes. */
const SEGMENTS = 4;

/**
 * A table, as it is walked and read.
 * @param seen is told of each record
 */
export function walked(
  client: DynamoDBClient,
  TableName: string,
  resources: readonly RegisteredResource[],
  seen: () => void = () => undefined,
): Walked {
  return {
    resources,
    table: TableName,
    async get(pk) {
      const command = new GetItemCommand({ TableName, Key: { pk: { S: pk } }, ConsistentRead: true });
      return (await client.send(command)).Item;
    },
    async *all() {
      let segments = Array.from({ length: SEGMENTS }, (_, i) => segment(client, TableName, i));
      while (segments.length > 0) {
        const pages = await Promise.all(segments.map(async (each) => ({ each, page: await each.next() })));
        for (const item of pages.flatMap(({ page }) => page.value ?? [])) {
          seen();
          yield item;
        }
        segments = pages.filter(({ page }) => !page.done).map(({ each }) => each);
      }
    },
  };
}

/** The pages of one part of a table. */
async function* segment(
  client: DynamoDBClient,
  TableName: string,
  Segment: number,
): AsyncGenerator<readonly Attributes[], undefined> {
  for (
    let ExclusiveStartKey: Attributes | undefined, isFirst = true;
    isFirst || ExclusiveStartKey;
    isFirst = false
  ) {
    const scan = new ScanCommand({ TableName, Segment, TotalSegments: SEGMENTS, ExclusiveStartKey });
    const { Items = [], LastEvaluatedKey } = await client.send(scan);
    ExclusiveStartKey = LastEvaluatedKey;
    yield Items;
  }
}
