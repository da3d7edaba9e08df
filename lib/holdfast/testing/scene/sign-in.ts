import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { mintToken, type TokenRequest } from '../../local/issuer.ts';

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
