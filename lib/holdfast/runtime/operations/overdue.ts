import { QueryCommand, type QueryCommandInput } from '@aws-sdk/client-dynamodb';
import { DUE_LISTS } from '../../core/definitions/due-lists.ts';
import { type Attributes, write } from '../aws/attributes.ts';
import { dynamodb } from '../aws/dynamodb.ts';
import { TableName } from '../records/records-table.ts';

/** So many are asked of each partition at once: together, 512. */
const PAGE = 64;

/** An operation that is overdue, as the index has it. */
export interface Overdue {
  readonly pk: string;
  readonly dueAt: string;
}

const query = (list: string, now: Date, more: Partial<QueryCommandInput>): QueryCommandInput => ({
  TableName,
  IndexName: 'by-due',
  KeyConditionExpression: 'dueList = :due AND dueAt <= :now',
  ExpressionAttributeValues: write({ ':due': list, ':now': now.toISOString() }),
  ...more,
});

/** The pages of a query, to its end. */
async function* pages(input: QueryCommandInput) {
  let ExclusiveStartKey: Attributes | undefined;
  do {
    const page = await dynamodb.send(new QueryCommand({ ...input, ExclusiveStartKey }));
    yield page;
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey !== undefined);
}

/** All that are overdue, visited or not. */
export async function countOverdue(now: Date): Promise<number> {
  const counted = DUE_LISTS.map(async (list) => {
    let overdue = 0;
    for await (const { Count = 0 } of pages(query(list, now, { Select: 'COUNT' }))) overdue += Count;
    return overdue;
  });
  return (await Promise.all(counted)).reduce((sum, each) => sum + each, 0);
}

/**
 * All that are overdue, a page of every partition at a time, and the longest overdue of each such round first: one
 * partition with many keeps no other waiting.
 */
export async function* overdue(now: Date): AsyncGenerator<readonly Overdue[]> {
  const partitions = DUE_LISTS.map((list) =>
    pages(query(list, now, { ProjectionExpression: 'pk, dueAt', Limit: PAGE })),
  );
  for (;;) {
    const round = await Promise.all(partitions.map((partition) => partition.next()));
    if (round.every(({ done }) => done)) return;
    yield round
      .flatMap(({ value }) => value?.Items ?? [])
      .map(({ pk, dueAt }) => ({ pk: pk?.S ?? '', dueAt: dueAt?.S ?? '' }))
      .sort((a, b) => (a.dueAt < b.dueAt ? -1 : 1));
  }
}
