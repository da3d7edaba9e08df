import { isNode, type Node, nodeOf, nodesOf } from '../../openapi/schemas/node.ts';
import { dereferenced } from '../document/document.ts';
import { compareSchemas } from './compare-schemas.ts';

/** What is stored of a resource, and would be read as something else. */
export interface StoredDifference {
  readonly resource: string;
  /** `/buyerId: it is new and required`. */
  readonly what: string;
}

/** Members that the kit keeps by itself, whatever a definition says. */
const KIT = ['id', 'version', 'createdAt', 'updatedAt', 'operation', 'allowedActions'];

/** What a schema says of how something is built. That what is stored is older than a rule about its text is told by none. */
const STRUCTURE = ['type', 'required', 'enum', 'const', 'anyOf', 'oneOf', 'items', 'additionalProperties'];

/**
 * Where what is stored by one release means something else to the other. They run side by side while a release rolls out, so
 * either reads what the other has written: anything but a new optional member and a new value of a list.
 * @param before the newest version of the one release
 * @param after the newest version of the other
 */
export function compareStored(before: Node, after: Node): readonly StoredDifference[] {
  const [was, is] = [resourcesOf(before), resourcesOf(after)];
  return [...was].flatMap(([resource, schema]) => {
    const now = is.get(resource);
    return now === undefined ? [] : differences(schema, now).map((what) => ({ resource, what }));
  });
}

function differences(before: Node, after: Node): readonly string[] {
  const [was, is] = [before, after].map((schema) => nodeOf(structure(withoutKit(schema))));
  const missing = requiredIn(before)
    .filter((name) => !requiredIn(after).includes(name))
    .map((name) =>
      name in nodesOf(after.properties)
        ? `/${name}: it may be missing now`
        : `/${name}: it is gone, and was required`,
    );
  const place = { direction: 'request', at: '', part: 'stored' } as const;
  const unread = compareSchemas(was, is, place).filter(({ breaking }) => breaking);
  return [...new Set([...missing, ...unread.map(({ id }) => id.replace('stored ', ''))])];
}

const requiredIn = ({ required }: Node): readonly string[] =>
  Array.isArray(required) ? required.map(String) : [];

/** `payouts` and what `GET /payouts/{payoutId}` answers. */
function resourcesOf(document: Node): ReadonlyMap<string, Node> {
  const { paths } = dereferenced(document);
  return new Map(
    Object.entries(nodesOf(paths)).flatMap(([path, item]) => {
      const [, name] = /^\/([^/{}]+)\/\{[^{}]+\}$/.exec(path) ?? [];
      const { responses } = nodeOf(item.get);
      const { content } = nodeOf(nodesOf(responses)['200']);
      const { schema } = nodeOf(nodesOf(content)['application/json']);
      const isResource = isNode(schema) && 'allowedActions' in nodesOf(schema.properties);
      return name === undefined || name === 'operations' || !isResource ? [] : [[name, schema] as const];
    }),
  );
}

const withoutKit = ({ properties, ...schema }: Node): Node => ({
  ...schema,
  required: requiredIn(schema).filter((name) => !KIT.includes(name)),
  properties: Object.fromEntries(Object.entries(nodesOf(properties)).filter(([name]) => !KIT.includes(name))),
});

/** A schema without what it says of texts and numbers. */
function structure(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(structure);
  if (!isNode(schema)) return schema;
  const { properties } = schema;
  return {
    ...Object.fromEntries(
      STRUCTURE.filter((name) => name in schema).map((name) => [name, structure(schema[name])]),
    ),
    ...(properties !== undefined && {
      properties: Object.fromEntries(
        Object.entries(nodesOf(properties)).map(([name, inner]) => [name, structure(inner)]),
      ),
    }),
  };
}
