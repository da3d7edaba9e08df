import resource, { transitions } from '@resource';
import { idParameter } from '../../../core/definitions/routes.ts';
import { representationIn, tagOf } from '../../../core/requests/view.ts';
import { json } from '../../http/answer.ts';
import { viewOf } from '../../http/api-version.ts';
import { readFunction } from '../../http/read-function.ts';
import { requireItem } from '../../records/records.ts';

/** One resource of the caller's tenant, as its last write left it. */
export const handler = readFunction(resource.name, async (request) => {
  const view = viewOf(request, transitions);
  const id = request.pathParameter(idParameter(resource));
  request.logged.resourceId = id;
  const { stored } = await requireItem(resource, request.caller.tenant, id);
  return json(representationIn(view, resource, stored), { ETag: tagOf(view, stored) });
});
