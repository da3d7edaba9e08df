import site from '@site';
import { Problem } from '../../../core/problems/problem.ts';
import { weakMatch } from '../../../core/requests/entity-tag.ts';
import { httpFunction } from '../../http/http-function.ts';

/**
 * The documentation, which names the service alone and nothing in it: open to all. Files are text, since the gateway
 * hands a browser bytes as base64 unless the first type that it accepts is one that the API declares binary.
 */
export const handler = httpFunction([], async (request) => {
  const name = request.pathParameter('file') || request.route.slice(request.route.lastIndexOf('/') + 1);
  const version = name === 'openapi.json' ? request.header('API-Version') : undefined;
  const file = fileOf(version === undefined ? name : `openapi-${version}.json`);
  if (file === undefined && version !== undefined) throw new Problem('unknown-api-version');
  if (file === undefined) throw new Problem('not-found', { resource: 'page' });
  const { headers, text } = file;
  const unchanged = weakMatch(request.header('If-None-Match'), headers.ETag ?? '');
  return unchanged ? { status: 304, headers, body: '' } : { status: 200, headers, body: text };
});

const fileOf = (name: string) => (Object.hasOwn(site, name) ? site[name] : undefined);
