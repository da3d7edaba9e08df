import { parseArgs } from 'node:util';
import { mintToken } from '../local/issuer.ts';
import { UsageError } from '../local/settings.ts';
import { stageToken } from './stage-token.ts';

const USAGE = `usage: npm run --silent token -- [--tenant acme] [--subject alice] [--scopes "payouts:*"] [--expires-in SECONDS]
       npm run --silent token -- --stage dev [--client machine]   of a deployed stage, as one of its clients`;

const OPTIONS = {
  tenant: { type: 'string', default: 'acme' },
  subject: { type: 'string', default: 'alice' },
  scopes: { type: 'string', default: 'payouts:* operations:*' },
  'expires-in': { type: 'string', default: '43200' },
  stage: { type: 'string', default: 'local' },
  client: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

/**
 * `npm run token`: a token for the local cloud or for a deployed stage, or the usage.
 * @throws UsageError for an option that is none, or a value that is not allowed
 */
export async function tokenCommand(args: readonly string[]): Promise<string> {
  const { tenant, subject, scopes, 'expires-in': seconds, stage, client, help } = readOptions(args);
  if (help) return USAGE;
  if (stage !== 'local') return stageToken(stage, client);
  if (!/^[1-9]\d{0,8}$/.test(seconds)) {
    throw new UsageError(`--expires-in is '${seconds}'; give a whole number of seconds\n${USAGE}`);
  }
  return mintToken({ tenant, subject, scopes, expiresInSeconds: Number(seconds) });
}

function readOptions(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS }).values;
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : error}\n${USAGE}`, { cause: error });
  }
}
