import { ResponseType, type RestApi } from 'aws-cdk-lib/aws-apigateway';
import { problemHeaders, problemMembers } from '../../functions/core/problem-details.ts';
import { type ProblemCode, problems } from '../../functions/core/problems.ts';
import { responseHeaders } from '../../functions/core/response-headers.ts';
import type { StageConfig } from '../config.ts';

/**
 * The problem that each of the gateway's own errors is. No route uses signatures, API keys or models; an unknown route
 * with a bearer token is filed under one of the types for those, and is still an unknown route.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
 */
const TYPES: Readonly<Record<string, ProblemCode>> = {
  ACCESS_DENIED: 'access-denied',
  API_CONFIGURATION_ERROR: 'api-misconfigured',
  AUTHORIZER_CONFIGURATION_ERROR: 'authorizer-misconfigured',
  AUTHORIZER_FAILURE: 'identity-provider-unavailable',
  BAD_REQUEST_BODY: 'malformed-request',
  BAD_REQUEST_PARAMETERS: 'malformed-request',
  EXPIRED_TOKEN: 'route-not-found',
  INTEGRATION_FAILURE: 'gateway-timeout',
  INTEGRATION_TIMEOUT: 'gateway-timeout',
  INVALID_API_KEY: 'route-not-found',
  INVALID_SIGNATURE: 'route-not-found',
  MISSING_AUTHENTICATION_TOKEN: 'route-not-found',
  QUOTA_EXCEEDED: 'too-many-requests',
  REQUEST_TOO_LARGE: 'request-too-large',
  RESOURCE_NOT_FOUND: 'route-not-found',
  THROTTLED: 'too-many-requests',
  UNAUTHORIZED: 'unauthenticated',
  UNSUPPORTED_MEDIA_TYPE: 'unsupported-media-type',
  WAF_FILTERED: 'access-denied',
};

/**
 * What is left over. A status set here would take the place of every other type's, so that these keep the gateway's
 * own; a Lambda that crashes or answers nonsense is the one 5xx that has no type of its own.
 */
const DEFAULTS: Readonly<Record<string, ProblemCode>> = {
  DEFAULT_4XX: 'request-refused',
  DEFAULT_5XX: 'bad-gateway',
};

const literal = (value: string) => `'${value}'`;

/** Gives each error of the gateway itself the shape that every other error has. */
export function addGatewayResponses(api: RestApi, config: StageConfig): void {
  const add = (name: string, code: ProblemCode, ownStatus: boolean) => {
    const row = problems[code];
    const { status, ...members } = problemMembers(code, row, config.basePath);
    const headers = { ...responseHeaders(config.allowOrigin), ...problemHeaders(row) };
    api.addGatewayResponse(`Gateway${name}`, {
      type: ResponseType.of(name),
      ...(ownStatus && { statusCode: String(status) }),
      responseHeaders: Object.fromEntries(
        Object.entries(headers).map(([header, value]) => [header, literal(value)]),
      ),
      templates: {
        'application/json': JSON.stringify({
          ...members,
          ...(ownStatus && { status }),
          instance: 'urn:holdfast:request:$context.requestId',
        }),
      },
    });
  };
  for (const [name, code] of Object.entries(TYPES)) add(name, code, true);
  for (const [name, code] of Object.entries(DEFAULTS)) add(name, code, false);
}
