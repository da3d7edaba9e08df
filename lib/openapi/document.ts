import { operations } from '../../functions/core/operations.ts';
import { problemRows } from '../problem-rows.ts';
import type { RegisteredResource, Registry } from '../registry.ts';
import { usedComponents } from './components.ts';
import { headerComponents } from './headers.ts';
import type { Node } from './node.ts';
import { operationObject, type RouteSpec, sharedResponses } from './operation.ts';
import { operationRoutes, operationSchemas } from './operation-routes.ts';
import { parameterComponents } from './parameters.ts';
import { partnerRoutes } from './partner-routes.ts';
import { problemSchemas } from './problem-schemas.ts';
import { historySchemas, resourceRoutes, resourceSchemas } from './resource-routes.ts';
import { schemasOf } from './schemas-of.ts';
import { serviceRoutes, serviceSchemas } from './service-routes.ts';

/** An OpenAPI 3.1 document, as far as others need to know its form. */
export interface OpenApiDocument {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Node>>>>;
  readonly components: Readonly<Record<string, Node>>;
  readonly [name: string]: unknown;
}

const DESCRIPTION = `A write API whose effects happen once. Make one \`Idempotency-Key\` for each thing that a person does, and send it with
every retry: a retry gets the first answer. Send the ETag of what the person saw as \`If-Match\`. Every error is a problem of a
[closed table](problems) whose \`recovery\` says what the client does now; a 5xx or a lost answer is always safe to retry under
the same key. \`allowedActions\` of a resource lists what its state permits: see [the states](docs/states).`;

/**
 * The contract of one version as an OpenAPI 3.1 document: a function of the definitions alone. Nobody writes any of it by
 * hand, so that it cannot differ from what is served.
 */
export function openApiDocument(registry: Registry, version: string): OpenApiDocument {
  const schemas = schemasOf(version);
  const routes = [
    ...registry.resources.flatMap(resourceRoutes),
    ...operationRoutes(),
    ...partnerRoutes(registry),
    ...serviceRoutes(),
  ];
  const paths = pathsOf(routes);
  const components = usedComponents(paths, {
    schemas: {
      ...Object.assign({}, ...registry.resources.map((resource) => resourceSchemas(resource, schemas))),
      ...historySchemas(),
      ...operationSchemas(),
      ...serviceSchemas(),
      ...problemSchemas(problemRows(registry)),
    },
    parameters: parameterComponents(version),
    headers: headerComponents,
    responses: sharedResponses,
  });
  return {
    openapi: '3.1.0',
    info: {
      title: 'Holdfast',
      version,
      description: DESCRIPTION,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '.', description: 'Where this document is served.' }],
    tags: [
      ...registry.resources.map(resourceTag),
      ...KIT_TAGS.filter(({ name }) => routes.some(({ tag }) => tag === name)),
    ],
    paths,
    components: { ...components, securitySchemes: SECURITY },
  };
}

function pathsOf(routes: readonly RouteSpec[]): OpenApiDocument['paths'] {
  const byPath = Map.groupBy(routes, ({ path }) => path);
  return Object.fromEntries(
    [...byPath].map(([path, all]) => [
      path,
      Object.fromEntries(all.map((route) => [route.method, operationObject(route)])),
    ]),
  );
}

const and = new Intl.ListFormat('en-GB', { type: 'conjunction' });

const resourceTag = ({ definition: { name, singular, states } }: RegisteredResource) => ({
  name,
  description: `The states of a ${singular} are ${and.format(states)}; [actions](docs/states#${name}) alone lead from one to another.`,
});

const KIT_TAGS = [
  {
    name: operations.name,
    description:
      'Accepted is not completed: an operation tells what has become of an action that was accepted.',
  },
  { name: 'partners', description: 'What partners call.' },
  { name: 'service', description: 'What the service tells of itself.' },
];

const SECURITY = {
  bearer: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description:
      'An access token of the configured issuer; each operation names the scope it needs. `payouts:*` holds every scope of payouts.',
  },
};
