import { NEWEST_API_VERSION } from '../../functions/core/api-version.ts';
import { openApiDocument } from '../openapi/document.ts';
import type { Registry } from '../registry.ts';

/** The newest contract as it is printed and committed: one value a line. */
export const openApiText = (registry: Registry): string =>
  `${JSON.stringify(openApiDocument(registry, NEWEST_API_VERSION), null, 2)}\n`;
