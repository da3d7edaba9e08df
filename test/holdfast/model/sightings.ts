import type { History, Read, Sent, User, Write } from './history.ts';
import { newestTag, versionOf } from './knowledge.ts';

/** A body as the newest version of the contract writes it. */
function inNewest(body: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { amount, currency, ...rest } = body;
  if (typeof amount !== 'number') return body;
  const digits = String(amount).padStart(3, '0');
  return { ...rest, amount: { currency, value: `${digits.slice(0, -2)}.${digits.slice(-2)}` } };
}

/** What an answer shows of one version of a payout. */
export interface Sighting {
  readonly sent: Sent<Write | Read>;
  readonly payout: string;
  readonly version: number;
  /** It stood at some time while the request was under way; else it may have been followed by others. */
  readonly standing: boolean;
  /** As the newest version of the contract writes them; where the answer has them. */
  readonly tag?: string;
  readonly body?: Readonly<Record<string, unknown>>;
  /** Members of the body, where that is all that is shown. */
  readonly part?: Readonly<Record<string, unknown>>;
}

/** Whether a request is a write. */
export const isWrite = (sent: Sent): sent is Sent<Write> =>
  sent.what.kind === 'act' || sent.what.kind === 'cancel-operation';

/** Requests of users. */
export const isOfUser = (sent: Sent): sent is Sent<Write | Read> => sent.what.kind !== 'end-operation';

/** Everything that the answers to a tenant's users show of its payouts. */
export const sightings = (history: History, tenant: string): readonly Sighting[] =>
  history.sent
    .filter(isOfUser)
    .filter(({ what }) => what.user.tenant === tenant)
    .flatMap((sent) => [...seen(sent)]);

function seen(sent: Sent<Write | Read>): readonly Sighting[] {
  const { what, answer } = sent;
  if (answer === undefined) return [];
  const { json, status, etag } = answer;
  const one = { sent, payout: what.id ?? String(json.id), version: versionOf(etag), tag: newestTag(etag) };
  const body = inNewest(json);
  // It is about another payout, which it does not show.
  if (json.code === 'related-state') return [];
  if (what.kind === 'act' && (status === 409 || status === 412)) {
    const part = { ...(json.current as { version: number }) };
    return [{ ...one, standing: true, version: part.version, part }];
  }
  if (status >= 300) return [];
  // Of a disbursement, the body is the operation's.
  if (what.kind === 'act') return [{ ...one, standing: false, ...(status !== 202 && { body }) }];
  if (what.kind === 'payout') return [{ ...one, standing: true, body }];
  if (what.kind === 'list') return listed(sent, json.items as Item[]);
  if (what.kind === 'history')
    return [{ sent, payout: one.payout, version: Number(json.currentVersion), standing: true }];
  return [];
}

interface Item {
  readonly id: string;
  readonly version: number;
  readonly [member: string]: unknown;
}

/** An index may be behind: what is listed has been so at some time. */
const listed = (sent: Sent<Write | Read>, items: readonly Item[]): readonly Sighting[] =>
  items.map((item) => ({
    sent,
    payout: item.id,
    version: item.version,
    standing: false,
    body: inNewest(item),
  }));

/** Whether two are the same user. */
export const isSame = (a: User, b: User): boolean => a.name === b.name && a.tenant === b.tenant;
