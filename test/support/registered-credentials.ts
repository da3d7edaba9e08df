import oauth2Credentials from '../../functions/runtime/oauth2-credentials.ts';
import type { CredentialSource } from '../../functions/runtime/partner-credentials.ts';
import secretCredentials from '../../functions/runtime/secret-credentials.ts';

/** In one process all partners are called from, each gets what its own bundle would hold. */
const source: CredentialSource = (partner, options) =>
  (partner.credentials?.kind === 'oauth2' ? oauth2Credentials : secretCredentials)(partner, options);

export default source;
