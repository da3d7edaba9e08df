import { describe, expect, test } from '@jest/globals';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { Problem } from '../../../lib/holdfast/core/problems/problem.ts';
import { authenticate } from '../../../lib/holdfast/runtime/http/authenticate.ts';
import { HttpRequest } from '../../../lib/holdfast/runtime/http/http-request.ts';

const secondsFromNow = (seconds: number) => String(Math.floor(Date.now() / 1000) + seconds);

const claims = { subject: 'alice', tenant: 'acme', scopes: 'payouts:approve', expiresAt: secondsFromNow(60) };

/** The caller of a request with these claims, or the problem it meets. */
async function authenticated(authorizer: object | null, scope = 'payouts:approve'): Promise<unknown> {
  const event = new HttpRequest({
    requestContext: { requestId: 'r-1', path: '/payouts', authorizer },
    resource: '/payouts',
    path: '/payouts',
  } as unknown as APIGatewayProxyEvent);
  try {
    await authenticate(scope).before?.({ event } as never);
    return event.caller;
  } catch (error) {
    return Problem.from(error).code;
  }
}

describe('a caller', () => {
  test('is who the authorizer says', async () => {
    expect(await authenticated(claims)).toEqual({ id: 'alice', tenant: 'acme', scopes: ['payouts:approve'] });
  });

  test.each(['payouts:approve', 'payouts:*', 'a payouts:* b', 'payouts:read payouts:approve'])(
    'may approve with the scopes %s',
    async (scopes) => {
      expect(await authenticated({ ...claims, scopes })).toMatchObject({ id: 'alice' });
    },
  );

  test.each([
    '',
    '*',
    'payouts',
    'payouts:',
    'payouts:read',
    'payouts:approved',
    'payouts:approve2 xpayouts:approve',
    'Payouts:Approve',
    'refunds:*',
    'payouts:approve,payouts:read',
    'payouts:**',
  ])('may not approve with the scopes %j', async (scopes) => {
    expect(await authenticated({ ...claims, scopes })).toBe('insufficient-scope');
  });

  // The authorizer's answer is cached for a minute, in which a token may expire.
  test.each([secondsFromNow(0), secondsFromNow(-1), '0', '', 'never', undefined, null])(
    'whose token is good until %j is refused',
    async (expiresAt) => {
      expect(await authenticated({ ...claims, expiresAt })).toBe('unauthenticated');
    },
  );

  test.each([
    ['nothing', null],
    ['no members', {}],
    ['no subject', { ...claims, subject: undefined }],
    ['no tenant', { ...claims, tenant: undefined }],
    ['no scopes', { ...claims, scopes: undefined }],
    ['a tenant that is no string', { ...claims, tenant: 7 }],
  ])('of whom the authorizer says %s is refused', async (_, authorizer) => {
    expect(await authenticated(authorizer)).toBe('unauthenticated');
  });
});
