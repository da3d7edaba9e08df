import { openApiDocument, versionsOf } from '../openapi/document.ts';
import { service } from '../service/project.ts';
import type { Registry } from '../service/registry.ts';
import { UsageError } from './command/command.ts';

/**
 * The contract as it is printed and committed: one value a line.
 * @param version @default the newest
 * @throws UsageError for a version that is not served
 */
export function openApiText(registry: Registry, version: string = service.apiVersion): string {
  const served = versionsOf(registry).all.map(({ date }) => date);
  const date = served.find((each) => each === version);
  if (date === undefined)
    throw new UsageError(`--api-version '${version}' is not served; choose from ${served.join(', ')}`);
  return `${JSON.stringify(openApiDocument(registry, date), null, 2)}\n`;
}
