import type { StackTemplate } from '../../cdk/templates/templates.ts';
import { readPaths } from '../../template/paths.ts';
import type { IntegrationProperties } from '../../template/properties.ts';
import { type ResolvedResource, resolveResources } from '../../template/template.ts';
import { Authorizer, type AuthorizerDefinition } from './authorizer.ts';
import { GatewayResponses } from './gateway-response.ts';
import { Router } from './router.ts';

/** A Lambda proxy integration, or a fixed answer. */
export type Integration =
  | { readonly kind: 'function'; readonly name: string }
  | {
      readonly kind: 'mock';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
    };

/** What a method of the template does with a request. */
export interface Route {
  /** `/payouts/{payoutId}` */
  readonly resource: string;
  readonly integration: Integration;
  readonly authorizer: Authorizer | undefined;
}

/** A REST API as the template describes it. */
export interface Api {
  readonly stage: string;
  readonly router: Router<Route>;
  readonly responses: GatewayResponses;
  readonly binaryMediaTypes: readonly string[];
}

type Invoke = (functionName: string, event: string) => Promise<string>;

const PREFIX = 'AWS::ApiGateway::';

/**
 * Reads the API that the templates describe.
 * @throws Error that names the place in the template, for what the local cloud cannot serve
 */
export function readApi(stacks: readonly StackTemplate[], invoke: Invoke): Api {
  const of = (type: string) => resolveResources(stacks, [`${PREFIX}${type}`]);
  const paths = readPaths(of('Resource'));
  const authorizers = new Map(
    of('Authorizer').map((resource) => [
      resource.logicalId,
      new Authorizer(readAuthorizer(resource), invoke),
    ]),
  );
  const router = new Router<Route>();
  for (const { logicalId, properties } of of('Method')) {
    const { HttpMethod, ResourceId, AuthorizerId, Integration: integration } = properties;
    const resource = paths.get(String(ResourceId)) ?? '/';
    const authorizer = AuthorizerId === undefined ? undefined : authorizers.get(String(AuthorizerId));
    router.add(String(HttpMethod), resource, {
      resource,
      integration: readIntegration(logicalId, integration),
      authorizer,
    });
  }
  return {
    stage: String(of('Stage')[0]?.properties.StageName ?? 'local'),
    router,
    responses: new GatewayResponses(of('GatewayResponse')),
    binaryMediaTypes: of('RestApi')[0]?.properties.BinaryMediaTypes ?? [],
  };
}

/** `…:path/2015-03-31/functions/<arn>/invocations` → the function's name. */
function functionOf(uri: unknown, place: string): string {
  const [, name] = /:function:([^/:]+)(?::[^/]+)?\/invocations$/.exec(String(uri)) ?? [];
  if (name === undefined) throw new Error(`${place}: '${uri}' does not invoke a function`);
  return name;
}

function readAuthorizer({ logicalId, properties }: ResolvedResource): AuthorizerDefinition {
  const { Type, AuthorizerUri, IdentitySource, IdentityValidationExpression, AuthorizerResultTtlInSeconds } =
    properties;
  if (Type !== 'TOKEN')
    throw new Error(`${logicalId}: the local cloud serves TOKEN authorizers, not ${Type}`);
  return {
    functionName: functionOf(AuthorizerUri, logicalId),
    header: String(IdentitySource).split('.').at(-1)?.toLowerCase() ?? 'authorization',
    validation:
      IdentityValidationExpression === undefined
        ? undefined
        : new RegExp(String(IdentityValidationExpression)),
    ttlMs: Number(AuthorizerResultTtlInSeconds ?? 300) * 1000,
  };
}

function readIntegration(
  place: string,
  { Type, Uri, IntegrationResponses }: IntegrationProperties = { Type: 'none' },
): Integration {
  if (Type === 'AWS_PROXY') return { kind: 'function', name: functionOf(Uri, place) };
  if (Type !== 'MOCK')
    throw new Error(`${place}: the local cloud serves AWS_PROXY and MOCK integrations, not ${Type}`);
  const {
    StatusCode = '200',
    ResponseParameters = {},
    ResponseTemplates = {},
  } = IntegrationResponses?.[0] ?? {};
  const headers = Object.entries(ResponseParameters).map(([name, value]) => [
    name.replace('method.response.header.', ''),
    value.replace(/^'|'$/g, ''),
  ]);
  return {
    kind: 'mock',
    status: Number(StatusCode),
    headers: Object.fromEntries(headers),
    body: Object.values(ResponseTemplates)[0] ?? '',
  };
}
