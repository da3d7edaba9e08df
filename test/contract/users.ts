import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { mintToken, type TokenRequest } from '../../lib/holdfast/local/issuer.ts';
import { user } from '../support/client.ts';

/** Where the service under test is. */
export const BASE_URL = process.env.BASE_URL ?? '';

/** What the service's own links begin with; BASE_PATH says so where a proxy before it has a path of its own. */
export const BASE_PATH = process.env.BASE_PATH ?? new URL(BASE_URL).pathname.replace(/\/$/, '');

/** A tenant that no other test uses. */
export const freshTenant = (): string => `tenant-${randomUUID()}`;

/** A token that the service under test accepts: the local issuer's, or what TOKEN_COMMAND prints. */
export async function token(request: TokenRequest): Promise<string> {
  const { tenant, subject, scopes, expiresInSeconds } = request;
  if (process.env.TOKEN_COMMAND === undefined) return mintToken(request);
  const options = ['--tenant', tenant, '--subject', subject, '--scopes', scopes];
  const expiry = expiresInSeconds === undefined ? [] : ['--expires-in', String(expiresInSeconds)];
  const script = `${process.env.TOKEN_COMMAND} "$@"`;
  const { stdout } = await promisify(execFile)('sh', ['-c', script, 'sh', ...options, ...expiry]);
  return stdout.trim();
}

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
