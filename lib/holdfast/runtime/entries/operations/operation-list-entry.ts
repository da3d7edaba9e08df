import { operationIn, operations } from '../../../core/operations/operations.ts';
import { Problem } from '../../../core/problems/problem.ts';
import { json } from '../../http/answer.ts';
import { viewOf } from '../../http/api-version.ts';
import { readFunction } from '../../http/read-function.ts';
import { readPage } from '../../records/records.ts';

/** The operations of the caller's tenant, or those on one resource, newest first, a page at a time. */
export const handler = readFunction(operations.name, async (request) => {
  const { resource, ...query } = request.query;
  const resourceId = readResource(resource);
  const { version } = viewOf(request, []);
  const asking = { tenant: request.caller.tenant, query, version };
  const { items, nextCursor } = await readPage(operations, asking, resourceId);
  return json({ items: items.map((stored) => operationIn(version, stored)), nextCursor });
});

function readResource(values: readonly string[] | undefined): string | undefined {
  if (values === undefined) return undefined;
  const [value = ''] = values;
  if (values.length === 1 && /^[a-z]{2,4}_[0-9a-z]{26}$/.test(value)) return value;
  throw new Problem('invalid-query', {
    errors: [{ parameter: 'resource', detail: 'is not one id of a resource' }],
  });
}
