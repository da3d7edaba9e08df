import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { problems } from '../../../../lib/holdfast/core/problems/problems.ts';
import { readApi } from '../../../../lib/holdfast/local/gateway/api.ts';
import { Gateway } from '../../../../lib/holdfast/local/gateway/gateway.ts';
import {
  GatewayError,
  type GatewayErrorType,
} from '../../../../lib/holdfast/local/gateway/gateway-response.ts';
import { synthesizeLocal } from '../../../../lib/holdfast/local/synth.ts';
import { GATEWAY_PROBLEMS } from '../../../../lib/holdfast/openapi/problems/gateway-problems.ts';
import { send } from '../../support/client.ts';

/** What meets the next request: an error that the gateway has of itself, wherever it comes from on AWS. */
let met: GatewayErrorType;
let gateway: Gateway;
let url: string;
beforeAll(async () => {
  const { stacks } = await synthesizeLocal({
    jwksUri: 'http://127.0.0.1/jwks',
    partnersUrl: 'http://127.0.0.1',
  });
  const invoke = async (): Promise<string> => {
    throw new GatewayError(met);
  };
  gateway = new Gateway(invoke, readApi(stacks, invoke));
  url = `http://127.0.0.1:${await gateway.listen(0)}`;
});
afterAll(() => gateway?.close());

test.each<[GatewayErrorType, keyof typeof problems]>([
  ['ACCESS_DENIED', 'unauthenticated'],
  ['API_CONFIGURATION_ERROR', 'api-misconfigured'],
  ['AUTHORIZER_CONFIGURATION_ERROR', 'identity-provider-unavailable'],
  ['AUTHORIZER_FAILURE', 'identity-provider-unavailable'],
  ['BAD_REQUEST_PARAMETERS', 'malformed-request'],
  ['DEFAULT_4XX', 'request-refused'],
  ['DEFAULT_5XX', 'bad-gateway'],
  ['INTEGRATION_TIMEOUT', 'gateway-timeout'],
  ['MISSING_AUTHENTICATION_TOKEN', 'route-not-found'],
  ['REQUEST_TOO_LARGE', 'request-too-large'],
  ['THROTTLED', 'too-many-requests'],
  ['UNAUTHORIZED', 'unauthenticated'],
  ['WAF_FILTERED', 'access-denied'],
])('the gateway’s own %s is answered as the problem %s', async (type, code) => {
  met = type;

  const answer = await send(`${url}/problems`, { method: 'GET' });

  const row = problems[code];
  expect(answer.json).toMatchObject({ code, category: row.category, recovery: row.recovery });
  expect(answer.headers.get('Content-Type')).toBe('application/problem+json');
  expect(answer.status).toBe(type === 'DEFAULT_4XX' ? 400 : row.status);
  expect(answer.headers.get('Strict-Transport-Security')).toBe('max-age=31536000');
  expect(answer.headers.get('X-Content-Type-Options')).toBe('nosniff');
  expect(answer.headers.get('Retry-After')).toBe(
    row.recovery === 'retry' ? String(row.retryAfterSeconds) : null,
  );
});

test('A2: a token that the authorizer denies is answered as one that the gateway refuses by itself', async () => {
  met = 'UNAUTHORIZED';
  const refused = await send(`${url}/problems`, { method: 'GET' });
  met = 'ACCESS_DENIED';
  const denied = await send(`${url}/problems`, { method: 'GET' });

  const { instance: _, ...same } = refused.json;
  expect(denied.json).toMatchObject(same);
  expect(denied.status).toBe(401);
  expect(denied.headers.get('WWW-Authenticate')).toBe(refused.headers.get('WWW-Authenticate'));
  expect(denied.headers.get('WWW-Authenticate')).toMatch(/^Bearer/);
});

test('B6: an authorizer that throws is a 503 to retry, under whichever type the gateway files it', async () => {
  const answers = [];
  for (const type of ['AUTHORIZER_CONFIGURATION_ERROR', 'AUTHORIZER_FAILURE'] as const) {
    met = type;
    answers.push(await send(`${url}/problems`, { method: 'GET' }));
  }

  const told = answers.map(({ status, json, headers }) => [status, json.code, headers.get('Retry-After')]);
  expect(told).toEqual([
    [503, 'identity-provider-unavailable', '5'],
    [503, 'identity-provider-unavailable', '5'],
  ]);
});

// No release sends it any more; contracts of live versions promise it, and what clients look up stays.
test('authorizer-misconfigured is a problem that is looked up, and nothing is answered by it', () => {
  expect(problems['authorizer-misconfigured']).toMatchObject({ recovery: 'retry' });
  expect(Object.values(GATEWAY_PROBLEMS)).not.toContain('authorizer-misconfigured');
});
