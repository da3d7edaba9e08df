import { compareDocuments } from '../../../../lib/holdfast/contract/compare/compare-documents.ts';
import { openApiDocument } from '../../../../lib/holdfast/openapi/document.ts';
import type { Node } from '../../../../lib/holdfast/openapi/schemas/node.ts';
import { loadRegistry } from '../../../../lib/holdfast/service/registry.ts';
import service from '../../../../lib/service.ts';

/** A node of a document that can be changed. */
export interface Plot {
  [name: string]: Plot;
}

/** The real document. */
export const document: Node = JSON.parse(
  JSON.stringify(openApiDocument(await loadRegistry(), service.apiVersion)),
);

/** The changes that a plant makes to the real document. */
export function changesBy(plant: (parts: Parts) => unknown) {
  const planted = structuredClone(document) as unknown as Parts;
  plant(planted);
  return compareDocuments(document, planted as unknown as Node);
}

/** The document, as far as plants reach into it. */
export interface Parts {
  paths: Record<string, Record<string, Plot>>;
  components: Record<
    'schemas' | 'parameters' | 'headers' | 'responses' | 'securitySchemes',
    Record<string, Plot>
  >;
  servers: { url: string; variables?: object }[];
  security?: unknown;
  info: Record<string, unknown>;
}

export const operation = ({ paths }: Parts, path: string, method = 'post') =>
  (paths[path] as Record<string, Plot>)[method] as Plot;
export const schema = ({ components }: Parts, name: string) => components.schemas[name] as Plot;
export const member = (parts: Parts, name: string, of: string) =>
  schema(parts, name).properties?.[of] as Plot;
export const set = (plot: Plot | undefined, values: object) => Object.assign(plot as Plot, values);
export const push = (list: Plot | undefined, value: unknown) => (list as unknown as unknown[]).push(value);
export const drop = (plot: Plot | undefined, name: string) => delete (plot as Plot)[name];
export const without = (list: unknown, value: string) => (list as string[]).filter((each) => each !== value);
export const APPROVE = '/payouts/{payoutId}/approve';
export const ONE = '/payouts/{payoutId}';

/** What is planted, the id of the change that it makes, and what the sentence says. */
export type Breaking = readonly [
  what: string,
  plant: (parts: Parts) => unknown,
  id: string,
  sentence: string,
];

/** What is planted, and what the id of its change holds. */
export type Compatible = readonly [what: string, plant: (parts: Parts) => unknown, id: string];
