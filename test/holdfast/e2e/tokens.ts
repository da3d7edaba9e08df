import { decodeJwt } from 'jose';
import { stageToken } from '../../../lib/holdfast/cli/stage-token.ts';
import { ROOT } from '../../../lib/holdfast/service/project.ts';
import { loadRegistry } from '../../../lib/holdfast/service/registry.ts';
import { examplesOf } from '../../../lib/holdfast/testing/examples.ts';
import examples from '../../examples.ts';
import type { Command } from '../support/command.ts';
import { isLoopback } from './account.ts';
import { oneTokenSkips } from './one-token-skips.ts';
import type { Skip } from './skips.ts';

/** What the tests of a deployment are told of tokens. */
export interface TokenOptions {
  readonly url: string;
  /** One that the service accepts, which is used for every request. */
  readonly token: string | undefined;
  /** Prints one for `--tenant`, `--subject`, `--scopes` and `--expires-in`. */
  readonly tokenCommand: string | undefined;
  /** A deployed stage, whose user pool gives one. */
  readonly stage: string | undefined;
  /** Of that stage. */
  readonly client: string | undefined;
}

/** Where the contract suite has its tokens from, and what it leaves out for that. */
export interface Tokens {
  /** @default the local issuer's */
  readonly tokenCommand?: string;
  readonly skipped: readonly Skip[];
}

const registry = await loadRegistry();

/** Whatever the service has, the suite does all of it. */
const NEEDED = [...registry.resources.map(({ definition }) => definition.name), 'operations'].map(
  (name) => `${name}:*`,
);

const SKIPPED = await oneTokenSkips(registry, examplesOf(registry, examples));

/** What may be given where the service has an issuer of its own. */
const GIVE = `--token-command "COMMAND", which prints a token when it is given --tenant NAME --subject NAME --scopes "${NEEDED.join(' ')}" --expires-in SECONDS, or --token TOKEN, one that holds ${NEEDED.join(' and ')}: tests that need a second person or tenant are then skipped by name`;

/**
 * Finds out whose tokens a service takes.
 * @param say is told, before it is asked, who is asked for a token
 * @throws Error that says what is needed: nothing can make tokens, or a client may not write
 */
export async function tokensFor(
  { url, token, tokenCommand, stage, client }: TokenOptions,
  command: Command,
  say: (line: string) => void,
): Promise<Tokens> {
  if (token !== undefined) return one(token);
  if (tokenCommand !== undefined) {
    const given = await fixedToken(command, tokenCommand);
    return given === undefined ? { tokenCommand, skipped: [] } : one(given);
  }
  if (stage !== undefined) {
    say(
      `one token of ${client === undefined ? 'the first client' : `client ${client}`} of stage ${stage}, from its user pool; nothing is made in the account but the resources of the tests, in that client's tenant`,
    );
    const its = await stageToken(stage, client).catch((error: unknown) => {
      throw new Error(`${error instanceof Error ? error.message : error}\ngive ${GIVE}`, { cause: error });
    });
    return one(its);
  }
  if (isLoopback(url)) return { skipped: [] };
  throw new Error(
    `--base-url is '${url}', which takes no tokens of the local issuer; add --stage STAGE for a stage of your account that has a user pool, or ${GIVE}`,
  );
}

function one(token: string): Tokens {
  requireScopes(token);
  return { tokenCommand: `echo ${token} #`, skipped: SKIPPED };
}

/** The one token of a command that makes none as it is asked to, as that of a user pool's client; undefined for another. */
async function fixedToken(command: Command, tokenCommand: string): Promise<string | undefined> {
  const options = ['--tenant', 'one', '--subject', 'one', '--scopes', NEEDED.join(' ')];
  const token = (await command('sh', ['-c', `${tokenCommand} "$@"`, 'sh', ...options], { cwd: ROOT })).trim();
  return isOfPool(token) ? token : undefined;
}

const isOfPool = (token: string) => {
  const { token_use, client_id } = decodeJwt(token);
  return token_use === 'access' && client_id !== undefined;
};

/** Another issuer may have its scopes in a claim of any name; those of a pool are known. */
function requireScopes(token: string): void {
  if (!/^[\w.-]+$/.test(token)) throw new Error('--token is no JWT: it has characters that none has');
  if (!isOfPool(token)) return;
  const held = String(decodeJwt(token).scope ?? '').split(' ');
  const missing = NEEDED.filter((scope) => !held.some((each) => each.endsWith(`/${scope}`)));
  if (missing.length === 0) return;
  throw new Error(
    `the client of the token may not do ${missing.join(', ')}, which the contract suite needs; state scopes: 'all' for a client of the stage in lib/service.ts, as stage dev has it, deploy, and name the client: --client NAME`,
  );
}
