import type { Node, OpenApiDocument } from '../../openapi/schemas/node.ts';

/** Kinds of components that others refer to, in the order in which they are written. */
const KINDS = ['schemas', 'parameters', 'headers', 'responses'] as const;

/** Where a request has a parameter. */
const PLACES = ['query', 'header', 'path'] as const;

/**
 * The document as types, for the client: `components`, and `operations` by their ids. It knows the keywords that documents of
 * the kit have.
 * @throws Error for a reference that leads nowhere
 */
export function contractTypes(document: OpenApiDocument): string {
  const routes = Object.values(document.paths).flatMap((methods) => Object.values(methods));
  const components = KINDS.map((kind) =>
    member(
      kind,
      block(
        membersOf(document.components[kind]).map(([name, node]) =>
          member(name, kind === 'responses' ? responseType(document, node) : typeOf(node), {
            description: kind === 'responses' ? undefined : node.description,
          }),
        ),
      ),
    ),
  );
  const operations = routes.map((route) =>
    member(String(route.operationId), operationType(document, route), { description: route.summary }),
  );
  return `export interface components ${block(components)}\n\nexport interface operations ${block(operations)}\n`;
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const membersOf = (value: unknown): readonly [string, Node][] =>
  isNode(value) ? Object.entries(value).filter((entry): entry is [string, Node] => isNode(entry[1])) : [];

const textOf = (value: unknown): string => `'${String(value).replaceAll(/['\\]/g, '\\$&')}'`;

const literal = (value: unknown): string =>
  typeof value === 'string' ? textOf(value) : JSON.stringify(value);

const block = (members: readonly string[]): string =>
  members.length === 0 ? '{}' : `{\n  ${members.join('\n').replaceAll('\n', '\n  ')}\n}`;

/** One member, and what the document says of it. */
function member(
  name: string,
  type: string,
  { description, optional = false }: { description?: unknown; optional?: boolean } = {},
): string {
  const key = /^([A-Za-z_$][\w$]*|\d+)$/.test(name) ? name : textOf(name);
  const said = String(description ?? '')
    .replaceAll('*/', '*\\/')
    .trim();
  const lines = said.split('\n').map((line) => ` * ${line}`.trimEnd());
  const comment = lines.length > 1 ? `/**\n${lines.join('\n')}\n */\n` : `/** ${said} */\n`;
  return `${said === '' ? '' : comment}${key}${optional ? '?' : ''}: ${type};`;
}

const NEVER = { optional: true } as const;

function operationType(document: OpenApiDocument, route: Node): string {
  const parameters = (Array.isArray(route.parameters) ? route.parameters.filter(isNode) : []).map((node) => ({
    node,
    target: target(document, node),
  }));
  const places = PLACES.map((place) => {
    const there = parameters.filter(({ target }) => target.in === place);
    if (there.length === 0) return member(place, 'never', NEVER);
    const members = there.map(({ node, target: { name, required, description } }) =>
      member(String(name), typeOf(node), { description, optional: required !== true }),
    );
    return member(place, block(members), { optional: there.every(({ target }) => target.required !== true) });
  });
  const { requestBody } = route;
  const body = isNode(requestBody)
    ? member('requestBody', block([contentOf(requestBody)]), { optional: requestBody.required !== true })
    : member('requestBody', 'never', NEVER);
  const responses = membersOf(route.responses).map(([status, node]) =>
    member(status, responseType(document, node), { description: node.description }),
  );
  return block([member('parameters', block(places)), body, member('responses', block(responses))]);
}

function responseType(document: OpenApiDocument, response: Node): string {
  if ('$ref' in response) return referenceType(response);
  const headers = membersOf(response.headers).map(([name, node]) =>
    member(name, typeOf(node), { optional: target(document, node).required !== true }),
  );
  return block([member('headers', block([...headers, '[name: string]: unknown;'])), contentOf(response)]);
}

const contentOf = ({ content }: Node): string => {
  const types = membersOf(content).map(([type, { schema }]) => member(type, schemaType(schema)));
  return types.length === 0 ? member('content', 'never', NEVER) : member('content', block(types));
};

/** What a parameter or a header, which has a schema, or a schema is as a type. */
const typeOf = (node: Node): string => schemaType(node.schema ?? node);

const union = (types: readonly string[]): string => [...new Set(types)].join(' | ');

function schemaType(schema: unknown): string {
  if (!isNode(schema)) return 'unknown';
  const { type, enum: allowed, oneOf, anyOf, allOf } = schema;
  if ('$ref' in schema) return referenceType(schema);
  if ('const' in schema) return literal(schema.const);
  if (Array.isArray(allowed)) return union(allowed.map(literal));
  for (const choices of [oneOf, anyOf]) if (Array.isArray(choices)) return union(choices.map(schemaType));
  if (Array.isArray(allOf)) return allOf.map((each) => `(${schemaType(each)})`).join(' & ');
  if (Array.isArray(type)) return union(type.map((each) => schemaType({ ...schema, type: each })));
  if (type === 'object') return objectType(schema);
  if (type === 'array') return arrayType(schema);
  if (type === 'integer') return 'number';
  return typeof type === 'string' ? type : 'unknown';
}

/** A tuple is its items, and then as many as there may be of the others. */
function arrayType({ prefixItems, items }: Node): string {
  if (!Array.isArray(prefixItems)) return listOf(schemaType(items));
  const rest = isNode(items) ? [`...${listOf(schemaType(items))}`] : [];
  return `[${[...prefixItems.map(schemaType), ...rest].join(', ')}]`;
}

const listOf = (type: string): string => (/[|&]/.test(type) ? `(${type})[]` : `${type}[]`);

function objectType({ properties, required, additionalProperties }: Node): string {
  const needed: readonly unknown[] = Array.isArray(required) ? required : [];
  const members = membersOf(properties).map(([name, node]) =>
    member(name, schemaType(node), { description: node.description, optional: !needed.includes(name) }),
  );
  if (isNode(additionalProperties)) members.push(`[key: string]: ${schemaType(additionalProperties)};`);
  return members.length === 0 ? 'Record<string, never>' : block(members);
}

const pathOf = ({ $ref }: Node): readonly string[] => String($ref).split('/').slice(1);

/** `#/components/schemas/Payout` → `components['schemas']['Payout']` */
const referenceType = (node: Node): string => {
  const [first, ...rest] = pathOf(node);
  return `${first}${rest.map((step) => `[${textOf(step)}]`).join('')}`;
};

/** What a node refers to, or itself. */
function target(document: OpenApiDocument, node: Node): Node {
  if (!('$ref' in node)) return node;
  const found = pathOf(node).reduce<unknown>((at, step) => (isNode(at) ? at[step] : undefined), document);
  if (!isNode(found)) throw new Error(`the contract refers to ${node.$ref}, which is not there`);
  return found;
}
