import { proofOf } from '../../local/partners/simulated-access.ts';

process.env.STAGE ??= 'test';
const [{ callPartner }, { provideCredentials }] = await Promise.all([
  import('../../runtime/partners/call-partner.ts'),
  import('../../runtime/partners/partner-credentials.ts'),
]);

// What simulated partners let in: no secret is read, and no token is asked for.
provideCredentials(async ({ name, credentials }) =>
  credentials === undefined ? {} : Object.fromEntries([proofOf(name, credentials)]),
);

/** Has an adapter do its work as the kit does, with credentials that are made up where its partner asks for some. */
export { callPartner };
