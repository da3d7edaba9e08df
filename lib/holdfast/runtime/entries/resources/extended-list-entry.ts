import resource, { transitions } from '@resource';
import { encodeCursor } from '../../../core/requests/cursor.ts';
import { readListQuery } from '../../../core/requests/list-query.ts';
import { listPage } from '../../../core/requests/listing.ts';
import { representationIn } from '../../../core/requests/view.ts';
import { json } from '../../http/answer.ts';
import { viewOf } from '../../http/api-version.ts';
import type { HttpRequest } from '../../http/http-request.ts';
import { readFunction } from '../../http/read-function.ts';
import { isComplete } from '../../records/backfilled.ts';
import { queryList } from '../../records/listed.ts';
import { queryPage } from '../../records/records.ts';

/** The resources of the caller's tenant, a page at a time: all, those of a state, or those that a list by members has. */
export const handler = readFunction(resource.name, async (request) => {
  const { tenant } = request.caller;
  const view = viewOf(request, transitions);
  const page = listPage(resource, { tenant, query: request.query, version: view.version });
  if (page !== undefined && !(await isComplete(resource, page.rule))) throw page.notReady();
  const { items, nextCursor } =
    page === undefined
      ? await plainPage(tenant, request.query, view.version)
      : await queryList(resource, tenant, page).then(({ items: found, end }) => ({
          items: found,
          nextCursor: end === undefined ? undefined : page.cursor(end),
        }));
  return json({ items: items.map((stored) => representationIn(view, resource, stored)), nextCursor });
});

/** A page of a list that every resource has. */
async function plainPage(
  tenant: string,
  query: HttpRequest['query'],
  version: Parameters<typeof readListQuery>[3],
) {
  const asked = readListQuery(resource, tenant, query, version);
  const { items, end } = await queryPage({ resource, tenant, ...asked });
  const scope = { tenant, resource: resource.name, filter: asked.state ?? '' };
  return { items, nextCursor: end && encodeCursor(scope, end) };
}
