import { nameOf } from './describe.ts';
import type { History, Sent, Write } from './history.ts';
import { keyHash } from './history-row.ts';
import { isOwnSubmission, permits } from './payout-machine.ts';
import { type Made, stood } from './real-time.ts';
import { isWrite } from './sightings.ts';
import { isSameRequest, type Timeline, tagsIn, type Version } from './timeline.ts';
import { must } from './violation.ts';

/** Between which times the versions of each payout were made. */
type Times = ReadonlyMap<Timeline, readonly Made[]>;

/**
 * Each refusal of an action on a payout was true at some time while its request was under way, and none is owed to the
 * success of the very request that it refuses.
 * @throws Violation
 */
export function checkRefusals(history: History, timeline: Timeline, made: Times): void {
  const { id, tenant, versions } = timeline;
  for (const sent of history.sent.filter(isWrite)) {
    const { what, answer } = sent;
    const isOfThis = what.action === 'create' ? keyHash(what.key) === versions[0]?.row.key : what.id === id;
    if (what.kind !== 'act' || !isOfThis || what.user.tenant !== tenant) continue;
    if (answer === undefined || answer.status < 400 || answer.status >= 500) continue;
    checkRefusal(history, timeline, made, sent);
  }
}

function checkRefusal(history: History, timeline: Timeline, all: Times, sent: Sent<Write>): void {
  const { id, tenant, versions } = timeline;
  const made = all.get(timeline) ?? [];
  const { what, answer, invoked, answered = Number.POSITIVE_INFINITY } = sent;
  const { code, current } = (answer?.json ?? {}) as { code?: string; current?: { version: number } };
  const tags = tagsIn(what.ifMatch);
  const lists = (version: number) => tags.includes(versions[version - 1]?.tag ?? '');
  const payoutAt = (version: number) => versions[version - 1]?.payout;
  // What an action on another payout has made of this one has the key of that.
  const effect = versions.find(({ row }) => row.key === keyHash(what.key) && row.cause === undefined);
  const shown = current?.version ?? 0;
  const other = [...all].find(([each]) => each.id === what.input.other && each.tenant === tenant);
  const isStanding = ({ row: { version } }: Version) => lists(version) && stood(made, version, sent);
  const truths: Readonly<Record<string, () => boolean>> = {
    'idempotency-key-reused': () =>
      effect?.makers.every((maker) => !isSameRequest(maker.what, what)) === true &&
      (made[effect.row.version - 1]?.after.time ?? answered) <= answered,
    'version-required': () => what.ifMatch === undefined || what.ifMatch === '*',
    'version-mismatch': () => !lists(shown),
    'illegal-transition': () => lists(shown) && !permits(what.action, payoutAt(shown)?.state ?? ''),
    'separation-of-duties': () =>
      versions
        .filter(isStanding)
        .some(
          ({ payout }) =>
            permits(what.action, payout.state) && isOwnSubmission(what.action, payout, what.user.name),
        ),
    'related-state': () =>
      versions.some(isStanding) &&
      other?.[0].versions.some(
        ({ payout, row }) => !permits(what.action, payout.state) && stood(other[1], row.version, sent),
      ) === true,
    'related-not-found': () => versions.some(isStanding) && other === undefined,
    'invalid-input': () => versions.some(isStanding) && what.input.other === id,
  };
  must(
    truths[code ?? '']?.() === true,
    'a refusal is true when it is made',
    () => `${nameOf(history, sent)}: ${answer?.text}`,
  );
  if (effect === undefined || code === 'idempotency-key-reused') return;
  const version = effect.row.version;
  // A refusal that shows a version was made before any later one; another, before its own effect was sure.
  const isBefore =
    current === undefined
      ? (made[version - 1]?.by.time ?? Number.POSITIVE_INFINITY) >= invoked
      : shown < version;
  must(
    isBefore,
    'a retry is told of its own success',
    () => `${nameOf(history, sent)} is refused, though its key had made version ${version}: ${answer?.text}`,
  );
}
