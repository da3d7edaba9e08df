import resource, { transitions } from '@resource';
import { encodeCursor } from '../core/cursor.ts';
import { readListQuery } from '../core/list-query.ts';
import { representation } from '../core/representation.ts';
import { authenticate } from './authenticate.ts';
import { httpFunction } from './http-function.ts';
import { queryPage } from './records.ts';

/** The resources of the caller's tenant, newest first, a page at a time. */
export const handler = httpFunction([authenticate(`${resource.name}:read`)], async (request) => {
  const { tenant } = request.caller;
  const query = readListQuery(resource, tenant, request.query);
  const { items, end } = await queryPage({ resource, tenant, ...query });
  const scope = { tenant, resource: resource.name, filter: query.state ?? '' };
  return {
    status: 200,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      items: items.map((stored) => representation(resource, transitions, stored)),
      nextCursor: end && encodeCursor(scope, end),
    }),
  };
});
