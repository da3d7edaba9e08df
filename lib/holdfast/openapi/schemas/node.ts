/** An object of the document, as JSON holds it. */
export type Node = { readonly [name: string]: unknown };

/** An OpenAPI 3.1 document, as far as others need to know its form. */
export interface OpenApiDocument {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Node>>>>;
  readonly components: Readonly<Record<string, Node>>;
  readonly [name: string]: unknown;
}

/** `version-mismatch` → `VersionMismatch` */
export const pascal = (kebab: string): string =>
  kebab.replace(/(?:^|-)(.)/g, (_, letter: string) => letter.toUpperCase());

/** `change-amount` → `changeAmount` */
export const camel = (kebab: string): string =>
  kebab.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());

/** A reference to a component of the document: `ref('schemas', 'Payout')`. */
export const ref = (kind: 'schemas' | 'headers' | 'parameters' | 'responses', name: string) => ({
  $ref: `#/components/${kind}/${name}`,
});
