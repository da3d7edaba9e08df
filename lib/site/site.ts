import { createHash } from 'node:crypto';
import { NEWEST_API_VERSION } from '../../functions/core/api-version.ts';
import type { Site, SiteFile } from '../../functions/core/site-file.ts';
import { openApiDocument } from '../openapi/document.ts';
import type { Registry } from '../registry.ts';

/** The documentation of the service: a function of the definitions alone. */
export async function buildSite(registry: Registry): Promise<Site> {
  const document = JSON.stringify(openApiDocument(registry, NEWEST_API_VERSION));
  return { 'openapi.json': file('application/json', document) };
}

function file(type: string, text: string, immutable = false): SiteFile {
  const digest = createHash('sha256').update(text).digest('base64url').slice(0, 16);
  return { type, text, etag: `"${digest}"`, immutable };
}
