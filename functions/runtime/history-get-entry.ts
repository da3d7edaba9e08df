import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import resource from '@resource';
import type { ApiVersion } from '../core/api-version.ts';
import { Problem } from '../core/problem.ts';
import { isResourceId } from '../core/resource-id.ts';
import { idParameter } from '../core/routes.ts';
import { stateIn } from '../core/version-shapes.ts';
import { tellOfDeprecation, viewOf } from './api-version.ts';
import { authenticate } from './authenticate.ts';
import { dynamodb, storageProblem } from './dynamodb.ts';
import { environment } from './environment.ts';
import { httpFunction } from './http-function.ts';
import { partitionKey, write } from './item.ts';
import { loadItem } from './records.ts';

const TableName = environment('HISTORY_TABLE');

/** A page; a history of more is read on with `after`. */
const LIMIT = 200;

/** Who did what to one resource, in order. It follows the writes by about a second, and says how far it has come. */
export const handler = httpFunction(
  [tellOfDeprecation(), authenticate(`${resource.name}:read`)],
  async (request) => {
    const { version } = viewOf(request, []);
    const id = request.pathParameter(idParameter(resource));
    const pk = partitionKey(resource, request.caller.tenant, id);
    const item = isResourceId(resource.idPrefix, id) ? await loadItem(pk) : undefined;
    if (item === undefined) throw new Problem('not-found', { resource: resource.singular });
    const rows = await readRows(pk, readAfter(request.query));
    return {
      status: 200,
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({
        items: rows.map((row) => entryIn(version, row)),
        // Versions follow each other without a gap, so that one that is missing shows.
        completeToVersion: completeTo(
          rows.filter(({ sk }) => !sk.includes('.')).map(({ version }) => version),
        ),
        currentVersion: item.stored.version,
        ...(rows.length === LIMIT && { next: rows.at(-1)?.sk }),
      }),
    };
  },
);

interface Row {
  readonly pk: string;
  readonly sk: string;
  readonly version: number;
  readonly from?: string;
  readonly to?: string;
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
  const wrong = [
    ...Object.keys(rest),
    ...(after.length > 1 || !/^[\d.]*$/.test(after[0] ?? '') ? ['after'] : []),
  ];
  const detail = 'is not a parameter of a history; use after, with the next of the page before';
  if (wrong.length > 0)
    throw new Problem('invalid-query', { errors: wrong.map((parameter) => ({ parameter, detail })) });
  return after[0] || '0';
}

async function readRows(pk: string, after: string): Promise<readonly Row[]> {
  try {
    const { Items = [] } = await dynamodb.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: 'pk = :pk AND sk > :after',
        ExpressionAttributeValues: write({ ':pk': pk, ':after': after }),
        Limit: LIMIT,
      }),
    );
    return Items.map((row) => unmarshall(row) as Row);
  } catch (error) {
    throw storageProblem(error);
  }
}

/** The last version of those that follow each other from the first. */
function completeTo(versions: readonly number[]): number {
  const gap = versions.findIndex((version, i) => i > 0 && version !== (versions[i - 1] ?? 0) + 1);
  return (gap < 0 ? versions.at(-1) : versions[gap - 1]) ?? 0;
}
