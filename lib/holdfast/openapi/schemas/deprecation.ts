import type { VersionDefinition } from '../../core/versions/define-version.ts';
import { DEPRECATION_HEADERS } from './headers.ts';
import { type Node, type OpenApiDocument, ref } from './node.ts';

const NAMES = ['Deprecation', 'Sunset', 'Link'] as const;

const headers = Object.fromEntries(NAMES.map((name) => [name, DEPRECATION_HEADERS[name]]));

const referred = Object.fromEntries(NAMES.map((name) => [name, ref('headers', name)]));

/** A version that ends: each of its operations says so, and the headers that tell of it are among every answer's. */
export function deprecatedDocument(
  document: OpenApiDocument,
  { summary, deprecated, sunset }: VersionDefinition,
): OpenApiDocument {
  const { info, components } = document;
  const { description, ...rest } = info as { readonly description: string };
  return {
    ...document,
    info: {
      ...rest,
      description: `${description}\n\nThis version is deprecated since ${deprecated} and ends on ${sunset}. ${summary}`,
      'x-deprecated': deprecated,
      'x-sunset': sunset,
    },
    paths: mapValues(document.paths, (methods) => mapValues(methods as Nodes, deprecatedOperation)),
    components: {
      ...components,
      headers: { ...components.headers, ...headers },
      responses: mapValues(components.responses as Nodes, told),
    },
  } as OpenApiDocument;
}

type Nodes = Readonly<Record<string, Node>>;

const mapValues = <T>(nodes: Readonly<Record<string, T>>, map: (node: T) => unknown): Node =>
  Object.fromEntries(Object.entries(nodes).map(([name, node]) => [name, map(node)]));

const VERSIONED = ref('parameters', 'ApiVersion').$ref;

function deprecatedOperation(operation: Node): Node {
  const { parameters = [], responses } = operation as { parameters?: readonly Node[]; responses: Nodes };
  if (!parameters.some(({ $ref }) => $ref === VERSIONED)) return operation;
  return { ...operation, deprecated: true, responses: mapValues(responses, told) };
}

const told = (response: Node): Node =>
  '$ref' in response ? response : { ...response, headers: { ...(response.headers as Node), ...referred } };
