import { randomUUID } from 'node:crypto';
import type { RawRequest } from './raw-http.ts';

type Node = { readonly [name: string]: Node };

/** An OpenAPI document, as far as requests are made of it. */
export interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Node>>>>;
  readonly components: Readonly<Record<string, Node>>;
}

/** What there is to act on. */
export interface Standing {
  readonly token: string;
  /** By the name of a path parameter, what it may be, with an ETag where it has one. */
  readonly values: Readonly<Record<string, readonly { readonly value: string; readonly etag?: string }[]>>;
  /** By operation id, bodies of which the document says nothing. */
  readonly bodies: Readonly<Record<string, object>>;
}

/** One route of the document. */
export interface Route {
  readonly method: string;
  readonly path: string;
  readonly operation: Node;
}

/** Every route of a document. */
export const routesOf = ({ paths }: Document): readonly Route[] =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  );

/**
 * A request as the document asks for it: with every header that is required, and a body of its examples.
 * @param at which of the values that a path parameter may have
 */
export function seedOf(
  document: Document,
  { method, path, operation }: Route,
  standing: Standing,
  at: number,
): RawRequest {
  let etag = '"1-none"';
  const target = path.replace(/\{([^}]+)\}/g, (_, name: string) => {
    const values = standing.values[name] ?? [];
    const chosen = values[at % Math.max(1, values.length)];
    etag = chosen?.etag ?? etag;
    return chosen?.value ?? 'x';
  });
  const required = ((operation.parameters ?? []) as unknown as readonly Node[])
    .map((node) => resolve(document, node))
    .filter((node) => String(node.in) === 'header' && Boolean(node.required));
  const schema = operation.requestBody?.content?.['application/json']?.schema;
  const value = (name: string) =>
    name === 'Idempotency-Key' ? randomUUID() : name === 'If-Match' ? etag : 'x';
  const isOpen = ((operation.security ?? []) as unknown as readonly Node[]).length === 0;
  return {
    method,
    target,
    protocol: 'HTTP/1.1',
    headers: [
      ['Host', 'api.example.com'],
      ['Connection', 'close'],
      ...(isOpen ? [] : [['Authorization', `Bearer ${standing.token}`] as const]),
      ...(schema === undefined ? [] : [['Content-Type', 'application/json'] as const]),
      ...required.map(({ name }) => [String(name), value(String(name))] as const),
    ],
    body: Buffer.from(
      schema === undefined
        ? ''
        : JSON.stringify(standing.bodies[String(operation.operationId)] ?? exampleOf(document, schema)),
    ),
    framing: schema === undefined ? 'none' : 'length',
  };
}

function resolve(document: Document, node: Node): Node {
  if (node.$ref === undefined) return node;
  const steps = String(node.$ref).replace('#/', '').split('/');
  return resolve(
    document,
    steps.reduce<Node>((inner, step) => inner[step] ?? {}, document as unknown as Node),
  );
}

/** A value of a schema: its first example, or the plainest that there is. */
function exampleOf(document: Document, schema: Node): unknown {
  const { examples, enum: values, type, properties = {}, required = [] } = resolve(document, schema);
  const [example] = [examples, values].flatMap((all) =>
    all === undefined ? [] : (all as unknown as unknown[]),
  );
  if (example !== undefined) return example;
  if (String(type) === 'integer') return 1;
  if (String(type) !== 'object') return 'x';
  return Object.fromEntries(
    (required as unknown as readonly string[]).map((name) => [
      name,
      exampleOf(document, properties[name] ?? {}),
    ]),
  );
}
