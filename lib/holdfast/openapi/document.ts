import { operations } from '../core/operations/operations.ts';
import { type ApiVersion, ApiVersions } from '../core/versions/api-version.ts';
import type { StageConfig } from '../service/config.ts';
import { service } from '../service/project.ts';
import { problemsOf, type RegisteredResource, type Registry } from '../service/registry.ts';
import { problemSchemas } from './problems/problem-schemas.ts';
import { Refusals } from './problems/refusals.ts';
import { operationObject, type RouteSpec } from './routes/operation.ts';
import { operationRoutes, operationSchemas } from './routes/operation-routes.ts';
import { parameterComponents } from './routes/parameters.ts';
import { partnerRoutes } from './routes/partner-routes.ts';
import { historySchemas, resourceRoutes, resourceSchemas } from './routes/resource-routes.ts';
import { serviceRoutes, serviceSchemas } from './routes/service-routes.ts';
import { statusRoutes } from './routes/status-routes.ts';
import { usedComponents } from './schemas/components.ts';
import { deprecatedDocument } from './schemas/deprecation.ts';
import { headerComponents } from './schemas/headers.ts';
import type { OpenApiDocument } from './schemas/node.ts';
import { kitOperations, resourceIn } from './schemas/registry-in.ts';

const DESCRIPTION = `A write API whose effects happen once. Make one \`Idempotency-Key\` for each thing that a person does, and send it with
every retry: a retry gets the first answer. Send the ETag of what the person saw as \`If-Match\`. Every error is a problem of a
[closed table](problems) whose \`recovery\` says what the client does now; a 5xx or a lost answer is always safe to retry under
the same key. \`allowedActions\` of a resource lists what its state permits: see [the states](docs/states).`;

/** What of a stage is told in its document. */
export type OfStage = Pick<StageConfig, 'service' | 'status'>;

/** A stage without settings of its own: what every stage serves. */
export const ANY_STAGE: OfStage = { service, status: false };

/**
 * The contract of one version as an OpenAPI 3.1 document: a function of the definitions and of the stage's settings alone.
 * Nobody writes any of it by hand, so that it cannot differ from what is served.
 * @param stage @default one without settings of its own
 * @throws Error for a version that there is not
 */
export function openApiDocument(
  registry: Registry,
  version: string,
  stage: OfStage = ANY_STAGE,
): OpenApiDocument {
  const api = versionsOf(registry).of(version);
  if (api === undefined)
    throw new Error(`version '${version}' is not there; add functions/versions/${version}.ts`);
  const document = documentOf(registry, api, stage);
  const own = api.changes.at(-1);
  return own === undefined ? document : deprecatedDocument(document, own);
}

/** Every version that the registry leads to. */
export const versionsOf = ({ versions }: Registry): ApiVersions =>
  new ApiVersions(
    versions.map(({ definition }) => definition),
    service.apiVersion,
  );

function documentOf(
  registry: Registry,
  api: ApiVersion,
  { service: { prefix, title }, status }: OfStage,
): OpenApiDocument {
  const resources = registry.resources.map((resource) => resourceIn(api, resource));
  const operationsInVersion = resourceIn(api, kitOperations(registry));
  const routes = [
    ...resources.flatMap(resourceRoutes),
    ...operationRoutes(operationsInVersion),
    ...partnerRoutes(registry),
    ...serviceRoutes(),
    ...(status ? statusRoutes(registry.operations.map(({ definition }) => definition)) : []),
  ];
  const refusals = new Refusals(prefix);
  const paths = pathsOf(routes, refusals);
  const components = usedComponents(paths, {
    schemas: {
      ...Object.assign({}, ...resources.map(resourceSchemas)),
      ...historySchemas(
        registry.resources.flatMap(({ actions }) => actions.map(({ definition }) => definition)),
      ),
      ...operationSchemas(operationsInVersion),
      ...serviceSchemas(prefix),
      ...problemSchemas(problemsOf(registry), prefix),
    },
    parameters: parameterComponents(api.date),
    headers: headerComponents(prefix),
    responses: refusals.components,
  });
  return {
    openapi: '3.1.0',
    info: {
      title,
      version: api.date,
      description: DESCRIPTION,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '.', description: 'Where this document is served.' }],
    tags: [
      ...resources.map(resourceTag),
      ...KIT_TAGS.filter(({ name }) => routes.some(({ tag }) => tag === name)),
    ],
    paths,
    components: { ...components, securitySchemes: SECURITY },
  };
}

function pathsOf(routes: readonly RouteSpec[], refusals: Refusals): OpenApiDocument['paths'] {
  const byPath = Map.groupBy(routes, ({ path }) => path);
  return Object.fromEntries(
    [...byPath].map(([path, all]) => [
      path,
      Object.fromEntries(all.map((route) => [route.method, operationObject(route, refusals)])),
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
