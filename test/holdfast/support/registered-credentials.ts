import oauth2Credentials from '../../../lib/holdfast/runtime/partners/oauth2-credentials.ts';
import type { CredentialSource } from '../../../lib/holdfast/runtime/partners/partner-credentials.ts';
import secretCredentials from '../../../lib/holdfast/runtime/partners/secret-credentials.ts';

/** In one process all partners are called from, each gets what its own bundle would hold. */
const source: CredentialSource = (partner, options) =>
  (partner.credentials?.kind === 'oauth2' ? oauth2Credentials : secretCredentials)(partner, options);

export default source;
