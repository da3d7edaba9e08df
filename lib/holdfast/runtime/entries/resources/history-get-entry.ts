import { QueryCommand } from '@aws-sdk/client-dynamodb';
import resource from '@resource';
import { idParameter } from '../../../core/definitions/routes.ts';
import { Problem } from '../../../core/problems/problem.ts';
import { completeTo, type HistoryEntry } from '../../../core/requests/history-completeness.ts';
import { partitionKey } from '../../../core/store/keys.ts';
import type { ApiVersion } from '../../../core/versions/api-version.ts';
import { stateIn } from '../../../core/versions/version-shapes.ts';
import { read, write } from '../../aws/attributes.ts';
import { answered, dynamodb } from '../../aws/dynamodb.ts';
import { environment } from '../../aws/environment.ts';
import { json } from '../../http/answer.ts';
import { viewOf } from '../../http/api-version.ts';
import { readFunction } from '../../http/read-function.ts';
import { type EventImage, historyRow, isHistoryOrder } from '../../records/history-row.ts';
import { requireItem } from '../../records/records.ts';

const TableName = environment('HISTORY_TABLE');

/** A page; a history of more is read on with `after`. */
const LIMIT = 200;

/**
 * Who did what to one resource, in order. It follows the writes by about a second, and says up to which version it is
 * complete. The newest version's event is on the resource itself, so that it is told whatever the history has missed.
 */
export const handler = readFunction(resource.name, async (request) => {
  const { version } = viewOf(request, []);
  const id = request.pathParameter(idParameter(resource));
  const { tenant } = request.caller;
  const item = await requireItem(resource, tenant, id);
  const pk = partitionKey(resource, tenant, id);
  const after = readAfter(request.query);
  const page = await readRows(pk, after);
  const isLast = page.length < LIMIT;
  const rows = isLast
    ? withNewest(page, { ...item.stored, pk, hidden: undefined, last: item.last }, after)
    : page;
  return json({
    items: rows.map((row) => entryIn(version, row)),
    completeToVersion: completeTo(rows, after),
    currentVersion: item.stored.version,
    ...(!isLast && { next: page.at(-1)?.sk }),
  });
});

function withNewest(rows: readonly Row[], image: EventImage, after: string): readonly Row[] {
  const newest = historyRow(image) as Row | undefined;
  if (newest === undefined || newest.sk <= after || rows.some(({ sk }) => sk === newest.sk)) return rows;
  return [...rows, newest].sort((a, b) => (a.sk < b.sk ? -1 : 1));
}

interface Row extends HistoryEntry {
  readonly pk: string;
  readonly from?: string;
}

/** A row as it is shown: its states have the names that they have in the version. */
function entryIn(version: ApiVersion, { pk: _, sk, from, to, ...entry }: Row) {
  // An operation's versions stand behind the version that accepted it.
  const name = sk.includes('.') ? 'operations' : resource.name;
  const named = (state: string | undefined) => state && stateIn(version, name, state);
  return { ...entry, from: named(from), to: named(to) };
}

function readAfter(query: Readonly<Record<string, readonly string[]>>): string {
  const { after = [], ...rest } = query;
  const isWrong = after.length > 1 || !isHistoryOrder(after[0] ?? '');
  const errors = [
    ...Object.keys(rest).map((parameter) => ({ parameter, detail: 'is not a parameter; use after' })),
    ...(isWrong ? [{ parameter: 'after', detail: 'is not a cursor of this history; leave it out' }] : []),
  ];
  if (errors.length > 0) throw new Problem('invalid-query', { errors });
  return after[0] || '0';
}

async function readRows(pk: string, after: string): Promise<readonly Row[]> {
  const { Items = [] } = await answered(
    dynamodb.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: 'pk = :pk AND sk > :after',
        ExpressionAttributeValues: write({ ':pk': pk, ':after': after }),
        Limit: LIMIT,
      }),
    ),
  );
  return Items.map((row) => read<Row>(row));
}
