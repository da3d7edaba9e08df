import resource, { transitions } from '@resource';
import { Problem } from '../core/problem.ts';
import { isResourceId } from '../core/resource-id.ts';
import { idParameter } from '../core/routes.ts';
import { representationIn, tagOf } from '../core/view.ts';
import { tellOfDeprecation, viewOf } from './api-version.ts';
import { authenticate } from './authenticate.ts';
import { httpFunction } from './http-function.ts';
import { partitionKey } from './item.ts';
import { loadItem } from './records.ts';

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
