import { isWildcard } from '../core/definitions/scopes.ts';
import { CLAIMED_NAME, claimedNameFault } from '../core/values/claimed-name.ts';
import { mintToken } from '../local/issuer.ts';
import { loadRegistry, scopesOf } from '../service/registry.ts';
import { UsageError } from './command/command.ts';
import { stageToken } from './stage-token.ts';

/** Whose token it is. */
interface TokenOptions {
  readonly tenant: string;
  readonly subject: string;
  /** Separated by spaces; none where it is empty. @default all of every resource */
  readonly scopes: string | undefined;
  readonly 'expires-in': string;
  /** @default the local cloud */
  readonly stage: string | undefined;
  /** Local: the application that it is for. */
  readonly client: string | undefined;
}

/**
 * `npm run token`: a token for the local cloud or for a deployed stage.
 * @throws UsageError for a value that is not allowed
 */
export async function tokenCommand(options: TokenOptions): Promise<string> {
  const { tenant, subject, scopes, 'expires-in': seconds, stage, client } = options;
  if (stage !== undefined && stage !== 'local') return stageToken(stage, client);
  if (!/^[1-9]\d{0,8}$/.test(seconds)) {
    throw new UsageError(`--expires-in is '${seconds}'; give a whole number of seconds`);
  }
  return mintToken({
    tenant: claimedName('tenant', tenant),
    subject: claimedName('subject', subject),
    ...(client !== undefined && { client: claimedName('client', client) }),
    scopes: scopes === undefined ? await everyScope() : await knownScopes(scopes),
    expiresInSeconds: Number(seconds),
  });
}

/**
 * The value of an option that becomes a tenant or a subject.
 * @throws UsageError for one that no service accepts in a token
 */
export function claimedName(option: string, value: string): string {
  const fault = claimedNameFault(value);
  if (fault === undefined) return value;
  throw new UsageError(`--${option} is ${fault}; give ${CLAIMED_NAME}, none of them hidden`);
}

/** @throws UsageError for a scope that no route asks for: its token would be refused everywhere, without a reason */
async function knownScopes(given: string): Promise<string> {
  const known = scopesOf(await loadRegistry());
  const scopes = given.split(' ').filter((scope) => scope !== '');
  const stranger = scopes.find((scope) => !known.includes(scope));
  if (stranger === undefined) return scopes.join(' ');
  throw new UsageError(
    `--scopes names '${stranger}', which no route asks for; choose from ${known.join(' ')}`,
  );
}

/** The scopes that hold all of a resource's, of every resource there is. */
export async function everyScope(): Promise<string> {
  return scopesOf(await loadRegistry())
    .filter(isWildcard)
    .join(' ');
}
