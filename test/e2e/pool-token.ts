import { decodeJwt } from 'jose';
import { ROOT } from '../../lib/root.ts';
import type { Command } from '../support/command.ts';

/**
 * What a token command gives whoever asks for two tenants and subjects: the token of a user pool's client, which has one of
 * each, or nothing, where it makes tokens as it is asked to.
 * @throws Error for a client that may not write, with the remedy
 */
export async function poolToken(command: Command, tokenCommand: string): Promise<string | undefined> {
  const ask = async (name: string) => {
    const options = ['--tenant', name, '--subject', name, '--scopes', 'payouts:* operations:*'];
    return (await command('sh', ['-c', `${tokenCommand} "$@"`, 'sh', ...options], { cwd: ROOT })).trim();
  };
  const token = await ask('one');
  const claims = decodeJwt(token);
  if (claims.token_use !== 'access' || claims.client_id === undefined) return undefined;
  const scopes = String(claims.scope ?? '').split(' ');
  const missing = ['payouts:*', 'operations:*'].filter(
    (scope) => !scopes.some((each) => each.endsWith(`/${scope}`)),
  );
  if (missing.length > 0) {
    throw new Error(
      `the client of the token may not do ${missing.join(', ')}, which the contract suite needs; add scopes: ['payouts:*', 'operations:*'] to a client in lib/config.ts, deploy, and name it: --token-command "npm run --silent token -- --stage STAGE --client NAME"`,
    );
  }
  return token;
}
