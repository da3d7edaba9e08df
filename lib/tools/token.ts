import { mintToken } from '../local/issuer.ts';
import { loadRegistry, scopesOf } from '../registry.ts';
import { UsageError } from './command.ts';
import { stageToken } from './stage-token.ts';

/** Whose token it is. */
interface TokenOptions {
  readonly tenant: string;
  readonly subject: string;
  /** @default all of every resource */
  readonly scopes: string | undefined;
  readonly 'expires-in': string;
  /** @default the local cloud */
  readonly stage: string | undefined;
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
    tenant,
    subject,
    scopes: scopes ?? (await everyScope()),
    expiresInSeconds: Number(seconds),
  });
}

/** The scopes that hold all of a resource's, of every resource there is. */
export async function everyScope(): Promise<string> {
  return scopesOf(await loadRegistry())
    .filter((scope) => scope.endsWith(':*'))
    .join(' ');
}
