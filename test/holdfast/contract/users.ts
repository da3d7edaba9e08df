import { freshTenant, token } from '../../../lib/holdfast/testing/scene/sign-in.ts';
import { user } from '../support/client.ts';

export { freshTenant, token };

/** Where the service under test is. */
export const BASE_URL = process.env.BASE_URL ?? '';

/** What the service's own links begin with; BASE_PATH says so where a proxy before it has a path of its own. */
export const BASE_PATH = process.env.BASE_PATH ?? new URL(BASE_URL).pathname.replace(/\/$/, '');

/** A user of the service under test. */
export const signedIn = async ({
  subject = 'alice',
  tenant = 'acme',
  scopes = 'payouts:*',
}: {
  subject?: string;
  tenant?: string;
  scopes?: string;
} = {}) => user(BASE_URL, await token({ subject, tenant, scopes }));
