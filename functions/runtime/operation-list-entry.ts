import { encodeCursor } from '../core/cursor.ts';
import { readListQuery } from '../core/list-query.ts';
import { operationRepresentation, operations } from '../core/operations.ts';
import { authenticate } from './authenticate.ts';
import { httpFunction } from './http-function.ts';
import { queryPage } from './records.ts';

/** The operations of the caller's tenant, newest first, a page at a time. */
export const handler = httpFunction([authenticate('operations:read')], async (request) => {
  const { tenant } = request.caller;
  const query = readListQuery(operations, tenant, request.query);
  const { items, end } = await queryPage({ resource: operations, tenant, ...query });
  const scope = { tenant, resource: operations.name, filter: query.state ?? '' };
  return {
    status: 200,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      items: items.map(operationRepresentation),
      nextCursor: end && encodeCursor(scope, end),
    }),
  };
});
