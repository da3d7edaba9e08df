import { nameOf } from './describe.ts';
import type { History, Sent } from './history.ts';
import { isWrite } from './sightings.ts';
import type { Timeline, Version } from './timeline.ts';
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
  const own = timeline.versions.map((version) => boundsOf(version, timeline));
  for (const { sent, version, standing } of timeline.sightings) {
    const { invoked, answered = NEVER.time } = sent;
    const isFirst = isWrite(sent) && !standing && sent.answer?.replayed === false;
    bind(own, version, { by: { time: answered, sent }, ...(isFirst && { after: { time: invoked, sent } }) });
    if (standing) bind(own, version + 1, { after: { time: invoked, sent } });
  }
  const after = own.map((_, i) =>
    own.slice(0, i + 1).reduce((last, each) => later(last, each.after), ALWAYS),
  );
  const by = own.map((_, i) => own.slice(i).reduce((first, each) => earlier(first, each.by), NEVER));
  const made = own.map((_, i) => ({ after: after[i] ?? ALWAYS, by: by[i] ?? NEVER }));
  for (const [i, { after: from, by: until }] of made.entries()) {
    const isRead = from.sent !== undefined && !isWrite(from.sent);
    must(
      from.time <= until.time,
      isRead ? 'reads never go back' : 'versions follow each other in real time',
      () =>
        `version ${i + 1} of ${timeline.id} is later than ${from.time}, by ${nameOf(history, from.sent)}, and was there at ${until.time}, by ${nameOf(history, until.sent)}`,
    );
  }
  return made;
}

/** It was made while one of its makers was under way, or by the end of its operation. */
function boundsOf({ makers, row }: Version, { ends }: Timeline): Made {
  const end = ends.find(({ what }) => what.id === row.operation);
  const ended = { time: end?.answered ?? NEVER.time, ...(end && { sent: end }) };
  if (makers.length === 0) return { after: ALWAYS, by: ended };
  const first = makers.reduce<Bound>((least, sent) => earlier(least, { time: sent.invoked, sent }), NEVER);
  return { after: first, by: NEVER };
}

function bind(own: Made[], version: number, { after = ALWAYS, by = NEVER }: Partial<Made>): void {
  const made = own[version - 1];
  if (made !== undefined) own[version - 1] = { after: later(made.after, after), by: earlier(made.by, by) };
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
