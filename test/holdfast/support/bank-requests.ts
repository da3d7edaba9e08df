import bank from '../../../functions/partners/bank.ts';
import type { Partner, PartnerContext } from '../../../lib/holdfast/core/partners/define-partner.ts';
import type { Reply } from '../../../lib/holdfast/core/partners/reply.ts';

/** What must never be told. */
export const SECRET = 'DE89370400440532013000';
export const command = { name: 'transfer', reference: 'po_1-b1', input: { iban: SECRET } };

/** The bank, with an adapter that sends like this. */
export const sending = (
  send: (request: PartnerContext['request']) => Promise<Reply>,
  changes: Partial<Partner> = {},
): Partner => ({ ...bank, timeoutMs: 20_000, ...changes, send: (_, { request }) => send(request) });

export const post = (request: PartnerContext['request']) => request('POST', '/transfers', { iban: SECRET });
