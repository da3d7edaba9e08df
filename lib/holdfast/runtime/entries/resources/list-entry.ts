import resource, { transitions } from '@resource';
import { representationIn } from '../../../core/requests/view.ts';
import { json } from '../../http/answer.ts';
import { viewOf } from '../../http/api-version.ts';
import { readFunction } from '../../http/read-function.ts';
import { readPage } from '../../records/records.ts';

/** The resources of the caller's tenant, newest first, a page at a time. */
export const handler = readFunction(resource.name, async (request) => {
  const view = viewOf(request, transitions);
  const asking = { tenant: request.caller.tenant, query: request.query, version: view.version };
  const { items, nextCursor } = await readPage(resource, asking);
  return json({ items: items.map((stored) => representationIn(view, resource, stored)), nextCursor });
});
