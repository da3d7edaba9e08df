import { nameOf } from './describe.ts';
import type { History, Sent, Write } from './history.ts';
import { keyHash } from './history-row.ts';
import { isOwnSubmission, permits } from './payout-machine.ts';
import { type Made, stood } from './real-time.ts';
import { isWrite } from './sightings.ts';
import { isSameRequest, type Timeline, tagsIn } from './timeline.ts';
import { must } from './violation.ts';

/**
 * Each refusal of an action on a payout was true at some time while its request was under way, and none is owed to the
 * success of the very request that it refuses.
 * @throws Violation
 */
export function checkRefusals(history: History, timeline: Timeline, made: readonly Made[]): void {
  const { id, tenant, versions } = timeline;
  for (const sent of history.sent.filter(isWrite)) {
    const { what, answer } = sent;
    const isOfThis = what.action === 'create' ? keyHash(what.key) === versions[0]?.row.key : what.id === id;
    if (what.kind !== 'act' || !isOfThis || what.user.tenant !== tenant) continue;
    if (answer === undefined || answer.status < 400 || answer.status >= 500) continue;
    checkRefusal(history, timeline, made, sent);
  }
}

function checkRefusal(history: History, timeline: Timeline, made: readonly Made[], sent: Sent<Write>): void {
  const { versions } = timeline;
  const { what, answer, invoked, answered = Number.POSITIVE_INFINITY } = sent;
  const { code, current } = (answer?.json ?? {}) as { code?: string; current?: { version: number } };
  const tags = tagsIn(what.ifMatch);
  const lists = (version: number) => tags.includes(versions[version - 1]?.tag ?? '');
  const payoutAt = (version: number) => versions[version - 1]?.payout;
  const effect = versions.find(({ row }) => row.key === keyHash(what.key));
  const shown = current?.version ?? 0;
  const truths: Readonly<Record<string, () => boolean>> = {
    'idempotency-key-reused': () =>
      effect?.makers.every((maker) => !isSameRequest(maker.what, what)) === true &&
      (made[effect.row.version - 1]?.after.time ?? answered) <= answered,
    'version-required': () => what.ifMatch === undefined || what.ifMatch === '*',
    'version-mismatch': () => !lists(shown),
    'illegal-transition': () => lists(shown) && !permits(what.action, payoutAt(shown)?.state ?? ''),
    'separation-of-duties': () =>
      versions.some(
        ({ payout, row: { version } }) =>
          lists(version) &&
          permits(what.action, payout.state) &&
          isOwnSubmission(what.action, payout, what.user.name) &&
          stood(made, version, sent),
      ),
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
