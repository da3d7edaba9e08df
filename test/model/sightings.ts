import type { Answer } from '../support/client.ts';
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

function* seen(sent: Sent<Write | Read>): Iterable<Sighting> {
  const { what, answer } = sent;
  if (answer === undefined) return;
  const { json, status, etag } = answer;
  const tag = newestTag(etag);
  const version = versionOf(etag);
  const payout = what.id ?? String(json.id);
  if (what.kind === 'act' && status < 300) {
    const body = status === 202 ? {} : { body: inNewest(json) };
    yield { sent, payout, version, standing: false, tag, ...body };
  } else if (what.kind === 'act' && (status === 409 || status === 412)) {
    const part = json.current as { version: number };
    // A create meets no version.
    yield { sent, payout, version: part.version, standing: true, tag, part: { ...part } };
  } else if (what.kind === 'payout' && status === 200) {
    yield { sent, payout, version, standing: true, tag, body: inNewest(json) };
  } else if (what.kind === 'list' && status === 200) {
    for (const item of json.items as Answer['json'][]) {
      const { id, version: shown } = item as unknown as { id: string; version: number };
      yield { sent, payout: id, version: shown, standing: false, body: inNewest(item) };
    }
  } else if (what.kind === 'history' && status === 200) {
    yield { sent, payout, version: Number(json.currentVersion), standing: true };
  }
}

/** Whether two are the same user. */
export const isSame = (a: User, b: User): boolean => a.name === b.name && a.tenant === b.tenant;
