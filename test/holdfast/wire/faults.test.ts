import { afterEach, describe, expect, test } from '@jest/globals';
import { type Service, signIn, startService } from '../support/service.ts';

let service: Service | undefined;
afterEach(() => service?.end());

const quiet = { POWERTOOLS_LOG_LEVEL: 'SILENT' };

describe('a fault of the platform is a problem that says when to retry', () => {
  test('when the keys of the issuer cannot be had: a 503, and no 401', async () => {
    const rules = {
      issuer: 'urn:holdfast:local',
      audience: 'holdfast',
      jwksUri: 'http://127.0.0.1:9/jwks.json',
      claims: { tenant: 'tenant', subject: 'sub', scopes: 'scope' },
    };
    service = await startService({ functions: { ...quiet, TOKEN_RULES: JSON.stringify(rules) } });
    const alice = await signIn(service.url);

    const refused = await alice.get('/payouts');

    expect(refused.status).toBe(503);
    expect(refused.json).toMatchObject({
      code: 'identity-provider-unavailable',
      category: 'dependency',
      recovery: 'retry',
    });
    expect(refused.headers.get('Retry-After')).toBe('5');
  });

  test('when a function does not start: a 502, under the gateway’s own id', async () => {
    service = await startService({ functions: { ...quiet, RECORDS_TABLE: '' } });
    const alice = await signIn(service.url);

    const refused = await alice.get('/payouts');

    expect(refused.status).toBe(502);
    expect(refused.json).toMatchObject({ code: 'bad-gateway', category: 'internal', recovery: 'retry' });
    expect(refused.json.instance).toBe(`urn:holdfast:request:${refused.headers.get('x-amzn-requestid')}`);
    expect(refused.headers.get('Retry-After')).toBe('1');
  });
});
