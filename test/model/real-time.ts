import { nameOf } from './describe.ts';
import type { History, Sent } from './history.ts';
import { isWrite } from './sightings.ts';
import type { Timeline } from './timeline.ts';
import { must } from './violation.ts';

/** A time before or after which something was, and the request that says so. */
interface Bound {
  readonly time: number;
  readonly sent?: Sent;
}

const later = (a: Bound, b: Bound) => (b.time > a.time ? b : a);
const earlier = (a: Bound, b: Bound) => (b.time < a.time ? b : a);

/** Between which times each version was made: it was not before `after`, and was at `by`. */
export interface Made {
  readonly after: Bound;
  readonly by: Bound;
}

const ALWAYS: Bound = { time: 0 };
const NEVER: Bound = { time: Number.POSITIVE_INFINITY };

/**
 * Finds the times at which versions were made, each after the one before, so that whatever an answer shows was so while
 * its request was under way. Each sighting binds one version from one side, so that bounds alone decide whether such times
 * exist; no search is needed.
 * @throws Violation where there are none
 */
export function madeBetween(history: History, timeline: Timeline): readonly Made[] {
  const { id, versions, sightings, ends } = timeline;
  const after = versions.map(({ makers }) =>
    makers.reduce<Bound>((first, sent) => earlier(first, { time: sent.invoked, sent }), NEVER),
  );
  const by = versions.map(() => NEVER);
  const bind = (version: number, bounds: { after?: Bound; by?: Bound }) => {
    const i = version - 1;
    if (after[i] === undefined) return;
    after[i] = later(after[i], bounds.after ?? ALWAYS);
    by[i] = earlier(by[i] ?? NEVER, bounds.by ?? NEVER);
  };
  for (const [i, { makers, row }] of versions.entries()) {
    if (makers.length > 0) continue;
    const end = ends.find(({ what }) => what.id === row.operation);
    after[i] = ALWAYS;
    bind(i + 1, { by: { time: end?.answered ?? NEVER.time, ...(end && { sent: end }) } });
  }
  for (const { sent, version, standing } of sightings) {
    const { invoked, answered = NEVER.time } = sent;
    bind(version, { by: { time: answered, sent } });
    if (standing) bind(version + 1, { after: { time: invoked, sent } });
    if (isWrite(sent) && !standing && sent.answer?.replayed === false)
      bind(version, { after: { time: invoked, sent } });
  }
  for (const [i, bound] of after.entries()) after[i] = later(after[i - 1] ?? ALWAYS, bound);
  for (let i = by.length - 1; i >= 0; i--) by[i] = earlier(by[i + 1] ?? NEVER, by[i] ?? NEVER);
  const made = versions.map((_, i) => ({ after: after[i] ?? ALWAYS, by: by[i] ?? NEVER }));
  for (const [i, { after: from, by: until }] of made.entries()) {
    const isRead = from.sent !== undefined && !isWrite(from.sent);
    must(
      from.time <= until.time,
      isRead ? 'reads never go back' : 'versions follow each other in real time',
      () =>
        `version ${i + 1} of ${id} is later than ${from.time}, by ${nameOf(history, from.sent as Sent)}, and was there at ${until.time}, by ${nameOf(history, until.sent as Sent)}`,
    );
  }
  return made;
}

/** Whether a version can have stood at some time while a request was under way. */
export function stood(
  made: readonly Made[],
  version: number,
  { invoked, answered = NEVER.time }: Sent,
): boolean {
  const own = made[version - 1];
  const following = made[version];
  return own !== undefined && own.after.time <= answered && (following?.by ?? NEVER).time >= invoked;
}
