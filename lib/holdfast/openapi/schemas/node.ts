/** An object of the document, as JSON holds it. */
export type Node = { readonly [name: string]: unknown };

/** Objects by their names. */
export type Nodes = Readonly<Record<string, Node>>;

export const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;

/** An object that a document may leave out, which is an empty one then. */
export const nodeOf = (value: unknown): Node => (isNode(value) ? value : {});

/** Objects by their names, which a document may leave out. */
export const nodesOf = (value: unknown): Nodes =>
  Object.fromEntries(
    Object.entries(nodeOf(value)).flatMap(([name, each]) => (isNode(each) ? [[name, each]] : [])),
  );

/** A list of objects, which a document may leave out. */
export const listOf = (value: unknown): readonly Node[] => (Array.isArray(value) ? value.filter(isNode) : []);

/** An OpenAPI 3.1 document, as far as others need to know its form. */
export interface OpenApiDocument {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Node>>>>;
  readonly components: Readonly<Record<string, Node>>;
  readonly [name: string]: unknown;
}

/** A reference to a component of the document: `ref('schemas', 'Payout')`. */
export const ref = (kind: 'schemas' | 'headers' | 'parameters' | 'responses', name: string) => ({
  $ref: `#/components/${kind}/${name}`,
});
