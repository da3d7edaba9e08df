import { operationIn, operations } from '../../../core/operations/operations.ts';
import { Problem } from '../../../core/problems/problem.ts';
import { encodeCursor } from '../../../core/requests/cursor.ts';
import { readListQuery } from '../../../core/requests/list-query.ts';
import { json } from '../../http/answer.ts';
import { viewOf } from '../../http/api-version.ts';
import { readFunction } from '../../http/read-function.ts';
import { queryPage } from '../../records/records.ts';

/** The operations of the caller's tenant, or those on one resource, newest first, a page at a time. */
export const handler = readFunction(operations.name, async (request) => {
  const { tenant } = request.caller;
  const { resource, ...rest } = request.query;
  const resourceId = readResource(resource);
  // A cursor belongs to its filter, of which the resource is a part.
  const subject = { ...operations, name: `operations${resourceId === undefined ? '' : `/${resourceId}`}` };
  const { version } = viewOf(request, []);
  const query = readListQuery(subject, tenant, rest, version);
  const filter = resourceId === undefined ? {} : { resourceId };
  const { items, end } = await queryPage({ resource: operations, tenant, ...query, ...filter });
  const scope = { tenant, resource: subject.name, filter: query.state ?? '' };
  return json({
    items: items.map((stored) => operationIn(version, stored)),
    nextCursor: end && encodeCursor(scope, end),
  });
});

function readResource(values: readonly string[] | undefined): string | undefined {
  if (values === undefined) return undefined;
  const [value = ''] = values;
  if (values.length === 1 && /^[a-z]{2,4}_[0-9a-z]{26}$/.test(value)) return value;
  throw new Problem('invalid-query', {
    errors: [{ parameter: 'resource', detail: 'is not one id of a resource' }],
  });
}
