import type { ProblemCode } from '../../core/problems/problems.ts';

/**
 * The problem that each of the gateway's own errors is. No route uses signatures, API keys or models; an unknown route
 * with a bearer token is filed under one of the types for those, and is still an unknown route. The authorizer denies a
 * token for one reason, that it is not valid; an authorizer that throws, or cannot be called, is filed under
 * AUTHORIZER_CONFIGURATION_ERROR, and passes.
 * @see https://github.com/serverless/serverless/issues/829 and https://github.com/auth0-samples/jwt-rsa-aws-custom-authorizer/pull/6
 *   for what an error of the authorizer is filed under
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
 */
export const GATEWAY_PROBLEMS: Readonly<Record<string, ProblemCode>> = {
  ACCESS_DENIED: 'unauthenticated',
  API_CONFIGURATION_ERROR: 'api-misconfigured',
  AUTHORIZER_CONFIGURATION_ERROR: 'identity-provider-unavailable',
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
 * own, which their body cannot name; a Lambda that crashes or answers nonsense is the one 5xx that has no type of its own.
 */
export const GATEWAY_DEFAULTS: Readonly<Record<string, ProblemCode>> = {
  DEFAULT_4XX: 'request-refused',
  DEFAULT_5XX: 'bad-gateway',
};
