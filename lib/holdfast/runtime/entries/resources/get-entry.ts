import resource, { transitions } from '@resource';
import { idParameter } from '../../../core/definitions/routes.ts';
import { Problem } from '../../../core/problems/problem.ts';
import { representationIn, tagOf } from '../../../core/requests/view.ts';
import { isResourceId } from '../../../core/values/resource-id.ts';
import { tellOfDeprecation, viewOf } from '../../http/api-version.ts';
import { authenticate } from '../../http/authenticate.ts';
import { httpFunction } from '../../http/http-function.ts';
import { partitionKey } from '../../records/item.ts';
import { loadItem } from '../../records/records.ts';

/** One resource of the caller's tenant, as its last write left it. */
export const handler = httpFunction(
  [tellOfDeprecation(), authenticate(`${resource.name}:read`)],
  async (request) => {
    const view = viewOf(request, transitions);
    const id = request.pathParameter(idParameter(resource));
    request.logged.resourceId = id;
    const known = isResourceId(resource.idPrefix, id);
    const item = known ? await loadItem(partitionKey(resource, request.caller.tenant, id)) : undefined;
    if (item === undefined) throw new Problem('not-found', { resource: resource.singular });
    return {
      status: 200,
      headers: { 'Content-Type': 'application/json', ETag: tagOf(view, item.stored) },
      body: JSON.stringify(representationIn(view, resource, item.stored)),
    };
  },
);
