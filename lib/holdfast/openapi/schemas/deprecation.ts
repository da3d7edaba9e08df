import type { VersionDefinition } from '../../core/versions/define-version.ts';
import { DEPRECATION_HEADERS } from './headers.ts';
import { listOf, type Node, nodeOf, nodesOf, type OpenApiDocument, ref } from './node.ts';

const NAMES = ['Deprecation', 'Sunset', 'Link'] as const;

const headers = Object.fromEntries(NAMES.map((name) => [name, DEPRECATION_HEADERS[name]]));

const referred = Object.fromEntries(NAMES.map((name) => [name, ref('headers', name)]));

/** A version that ends: each of its operations says so, and the headers that tell of it are among every answer's. */
export function deprecatedDocument(
  document: OpenApiDocument,
  { summary, deprecated, sunset }: VersionDefinition,
): OpenApiDocument {
  const { info, components } = document;
  const { description, ...rest } = nodeOf(info);
  return {
    ...document,
    info: {
      ...rest,
      description: `${description}\n\nThis version is deprecated since ${deprecated} and ends on ${sunset}. ${summary}`,
      'x-deprecated': deprecated,
      'x-sunset': sunset,
    },
    paths: mapValues(document.paths, (methods) => mapValues(methods, deprecatedOperation)),
    components: {
      ...components,
      headers: { ...components.headers, ...headers },
      responses: mapValues(nodesOf(components.responses), told),
    },
  };
}

const mapValues = <T, U>(
  nodes: Readonly<Record<string, T>>,
  map: (node: T) => U,
): Readonly<Record<string, U>> =>
  Object.fromEntries(Object.entries(nodes).map(([name, node]) => [name, map(node)]));

const VERSIONED = ref('parameters', 'ApiVersion').$ref;

function deprecatedOperation(operation: Node): Node {
  if (!listOf(operation.parameters).some(({ $ref }) => $ref === VERSIONED)) return operation;
  return { ...operation, deprecated: true, responses: mapValues(nodesOf(operation.responses), told) };
}

const told = (response: Node): Node =>
  '$ref' in response ? response : { ...response, headers: { ...nodeOf(response.headers), ...referred } };
