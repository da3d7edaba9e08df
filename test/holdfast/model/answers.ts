import { isDeepStrictEqual } from 'node:util';
import { nameOf } from './describe.ts';
import type { History, Sent, Write } from './history.ts';
import { newestTag, tagIn } from './knowledge.ts';
import { EXCHANGE } from './payout-machine.ts';
import { isWrite } from './sightings.ts';
import { isSameRequest } from './timeline.ts';
import { must } from './violation.ts';

/** Answers that the contract has for these requests, by status. */
const CODES: Readonly<Record<number, readonly string[]>> = {
  403: ['separation-of-duties'],
  404: ['not-found'],
  409: ['illegal-transition', 'operation-not-cancelable'],
  412: ['version-mismatch'],
  422: ['idempotency-key-reused'],
  428: ['version-required'],
  503: ['temporarily-unavailable'],
  504: ['gateway-timeout'],
};

/** Those of what is decided on two payouts as well. */
const CODES_OF_TWO: typeof CODES = { 409: ['related-state'], 422: ['related-not-found', 'invalid-input'] };

/** @throws Violation where a request is answered with what is in no contract, or a key has two answers */
export function checkAnswers(history: History): void {
  for (const sent of history.sent) {
    const { answer, what } = sent;
    if (answer === undefined || answer.status < 300) continue;
    const code = answer.json.code ?? '';
    const isOfTwo = 'action' in what && what.action === EXCHANGE;
    must(
      [CODES, ...(isOfTwo ? [CODES_OF_TWO] : [])].some((codes) => codes[answer.status]?.includes(code)),
      'nothing else is answered',
      () => `${nameOf(history, sent)}: ${answer.status} ${answer.text}`,
    );
  }
  const accepted = history.sent.filter(isWrite).filter(({ answer }) => answer && answer.status < 300);
  for (const first of accepted) {
    const all = accepted.filter(({ what }) => isSameRequest(what, first.what));
    if (all[0] === first) checkKey(history, all);
    const other = accepted.find(
      ({ what }) => isSameKey(what, first.what) && !isSameRequest(what, first.what),
    );
    must(
      other === undefined,
      'a key answers the request that it came with alone',
      () => `${nameOf(history, first)} and ${nameOf(history, other)}`,
    );
  }
}

/** Keys belong to a tenant, and to what they were used on. */
const isSameKey = (a: Write, b: Write) =>
  a.key === b.key && a.kind === b.kind && a.id === b.id && a.user.tenant === b.user.tenant;

/** What has to be the same whenever a key is answered, in whatever version. */
const lasting = ({ answer }: Sent<Write>) => ({
  status: answer?.status,
  tag: newestTag(answer?.etag ?? ''),
  location: answer?.headers.get('Location'),
  expires: answer?.headers.get('Idempotency-Expires'),
  retryAfter: answer?.headers.get('Retry-After'),
});

function checkKey(history: History, accepted: readonly Sent<Write>[]): void {
  const [first] = accepted as [Sent<Write>];
  for (const sent of accepted) {
    const { version } = sent.what;
    const names = () => `${nameOf(history, first)} and ${nameOf(history, sent)}`;
    const one = 'a key has one answer';
    must(
      isDeepStrictEqual(lasting(sent), lasting(first)),
      one,
      () => `${names()}: ${JSON.stringify([lasting(first), lasting(sent)])}`,
    );
    const { etag = '', text } = sent.answer ?? {};
    // Of an operation, the tag is that of its payout.
    must(etag === tagIn(newestTag(etag), version), one, () => `${names()}: ${etag} is no tag of ${version}`);
    const twin = accepted.find(({ what }) => (what.version ?? '2026-11-01') === (version ?? '2026-11-01'));
    must(twin?.answer?.text === text, one, () => `${names()}: ${text} after ${twin?.answer?.text}`);
  }
  const fresh = accepted.filter(({ answer }) => answer?.replayed === false);
  must(
    fresh.length <= 1,
    'one answer of a key is no replay',
    () => `${fresh.map((sent) => nameOf(history, sent)).join(' and ')} are told to be the first`,
  );
  const all = history.sent.filter(isWrite).filter(({ what }) => isSameRequest(what, first.what));
  const isUndisturbed = all.every(({ answer, calls }) => answer !== undefined && isSmooth(calls));
  must(
    fresh.length === 1 || !isUndisturbed,
    'one answer of a key is no replay',
    () => `${all.map((sent) => nameOf(history, sent)).join(' and ')} are all replays`,
  );
}

/** Each call was seen, was made once, and had no fault. */
const isSmooth = (calls: readonly string[]) => calls.length > 0 && calls.every((call) => /^\w+$/.test(call));
