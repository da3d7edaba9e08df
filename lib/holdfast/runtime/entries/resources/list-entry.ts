import resource, { transitions } from '@resource';
import { encodeCursor } from '../../../core/requests/cursor.ts';
import { readListQuery } from '../../../core/requests/list-query.ts';
import { representationIn } from '../../../core/requests/view.ts';
import { json } from '../../http/answer.ts';
import { viewOf } from '../../http/api-version.ts';
import { readFunction } from '../../http/read-function.ts';
import { queryPage } from '../../records/records.ts';

/** The resources of the caller's tenant, newest first, a page at a time. */
export const handler = readFunction(resource.name, async (request) => {
  const { tenant } = request.caller;
  const view = viewOf(request, transitions);
  const query = readListQuery(resource, tenant, request.query, view.version);
  const { items, end } = await queryPage({ resource, tenant, ...query });
  const scope = { tenant, resource: resource.name, filter: query.state ?? '' };
  return json({
    items: items.map((stored) => representationIn(view, resource, stored)),
    nextCursor: end && encodeCursor(scope, end),
  });
});
