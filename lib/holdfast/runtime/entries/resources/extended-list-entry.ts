import resource, { transitions } from '@resource';
import { listPage } from '../../../core/requests/listing.ts';
import { representationIn } from '../../../core/requests/view.ts';
import { json } from '../../http/answer.ts';
import { viewOf } from '../../http/api-version.ts';
import { readFunction } from '../../http/read-function.ts';
import { isComplete } from '../../records/backfilled.ts';
import { queryList } from '../../records/listed.ts';
import { readPage } from '../../records/records.ts';

/** The resources of the caller's tenant, a page at a time: all, those of a state, or those that a list by members has. */
export const handler = readFunction(resource.name, async (request) => {
  const { tenant } = request.caller;
  const view = viewOf(request, transitions);
  const asking = { tenant, query: request.query, version: view.version };
  const page = listPage(resource, asking);
  if (page !== undefined && !(await isComplete(resource, page.rule))) throw page.notReady();
  const { items, nextCursor } = await (page === undefined
    ? readPage(resource, asking)
    : queryList(resource, tenant, page));
  return json({ items: items.map((stored) => representationIn(view, resource, stored)), nextCursor });
});
