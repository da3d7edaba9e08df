import { siteEntry } from '../bundles/function-entry.ts';
import type { Functions } from '../functions/functions.ts';
import type { WriteApi } from './write-api.ts';

/** Serves the documentation of the API from one function, which may touch nothing. Open to all. */
export function addDocs(api: WriteApi, functions: Functions): void {
  const docs = functions.route(siteEntry);
  for (const path of ['/openapi.json', '/docs', '/docs/{file}']) api.addRoute('GET', path, docs, 'open');
}
