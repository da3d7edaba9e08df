import { holdsScope, wildcardOf } from '../../core/definitions/scopes.ts';
import { Problem } from '../../core/problems/problem.ts';
import type { Step } from './envelope.ts';
import type { Caller } from './http-request.ts';

/**
 * Step 1. The authorizer verified the token and passed on what it says, as strings; it is cached, so that expiry and
 * scope are checked here for every request. `payouts:*` holds every scope of payouts.
 * @throws Problem `unauthenticated`, `insufficient-scope`
 */
export function authenticate(scope: string): Step {
  return {
    before({ event: request }) {
      const caller = readCaller(request.claims);
      request.logged.client = request.claims?.client;
      if (!holdsScope(caller.scopes, scope)) {
        throw new Problem('insufficient-scope', {
          detail: `the token needs the scope ${scope} or ${wildcardOf(scope)}`,
        });
      }
      request.caller = caller;
    },
  };
}

function readCaller(claims: Readonly<Record<string, unknown>> | undefined): Caller {
  const { subject, tenant, scopes, expiresAt } = claims ?? {};
  if (typeof subject !== 'string' || typeof tenant !== 'string' || typeof scopes !== 'string') {
    throw new Problem('unauthenticated');
  }
  if (!(Number(expiresAt) * 1000 > Date.now()))
    throw new Problem('unauthenticated', { detail: 'the token has expired' });
  return { id: subject, tenant, scopes: scopes.split(' ') };
}
