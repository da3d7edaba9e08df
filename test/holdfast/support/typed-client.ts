import { mintToken } from '../../../lib/holdfast/local/issuer.ts';
import { type Client, type ClientOptions, createClient } from '../../../lib/recorded/client.ts';

/** Waits as short as a test's. */
const BACKOFF = { baseMs: 1, capMs: 20 };

/** The typed client of one user, who holds every scope. */
export async function clientOf(
  subject: string,
  baseUrl: string,
  options: Partial<ClientOptions> = {},
): Promise<Client> {
  const token = await mintToken({ subject, tenant: 'acme', scopes: 'payouts:* operations:*' });
  return createClient({ baseUrl, token, backoff: BACKOFF, ...options });
}

/**
 * The data and ETag of a call that was answered.
 * @throws Error with the problem otherwise
 */
export function answered<R extends { readonly ok: boolean }>(result: R): Extract<R, { readonly ok: true }> {
  if (result.ok) return result as Extract<R, { readonly ok: true }>;
  throw new Error(`refused: ${JSON.stringify(result)}`);
}
