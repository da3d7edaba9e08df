import type { History } from './history.ts';
import type { Row } from './history-row.ts';
import { EXCHANGE, exchanged } from './payout-machine.ts';
import type { Sighting } from './sightings.ts';
import { next, type Subject, subjectOf, type Timeline, tagOf, timelineOf, type Version } from './timeline.ts';
import { must } from './violation.ts';

/** A payout on its way: its versions so far. */
interface Course {
  readonly subject: Subject;
  readonly versions: Version[];
  /** What is known of it by the answers to exchanges that name it. */
  readonly together: Sighting[];
}

/**
 * Explains what became of each payout by the order of versions that its history tells: each is what one request asked of the
 * version before, or the end of its operation. What is decided on two payouts makes the next version of both at once, so
 * there has to be one order of all that was done.
 * @throws Violation where no request explains a version, or no order all of them
 */
export function timelinesOf(history: History): readonly Timeline[] {
  const courses = history.final.map(
    (final): Course => ({ subject: subjectOf(history, final), versions: [], together: [] }),
  );
  for (const course of courses) for (const row of course.subject.rows) checkCause(courses, course, row);
  for (let gone = true; gone; ) {
    gone = false;
    for (const course of courses) while (goOn(history, courses, course)) gone = true;
  }
  const left = courses.filter(({ subject, versions }) => versions.length < subject.rows.length);
  must(left.length === 0, 'all that was done has one order', () =>
    left
      .map(({ subject, versions }) => `version ${versions.length + 1} of ${subject.id}`)
      .join(' waits for another change, and so does '),
  );
  return courses.map(({ subject, versions, together }) => timelineOf(history, subject, versions, together));
}

/** What an exchange has changed besides its own payout, in the same version of that. */
interface Twin {
  readonly course: Course;
  readonly row: Row;
}

const twinsOf = (courses: readonly Course[], { subject }: Course, { version }: Row): readonly Twin[] =>
  courses.flatMap((course) =>
    course.subject.rows
      .filter(({ cause }) => cause?.id === subject.id && cause.version === version)
      .map((row) => ({ course, row })),
  );

const BOTH = 'what is decided on two payouts is done to both';

/** What another payout's action has made is a version of that as well. */
function checkCause(courses: readonly Course[], { subject }: Course, row: Row): void {
  const { cause } = row;
  if (cause === undefined) return;
  const own = courses.find((course) => course.subject.id === cause.id)?.subject.rows[cause.version - 1];
  must(
    own?.action === EXCHANGE && own.actor === row.actor && own.key === row.key && row.to === row.from,
    BOTH,
    () => `version ${row.version} of ${subject.id} is ${JSON.stringify(row)}, by ${JSON.stringify(own)}`,
  );
}

/** Explains the next version of a payout, and that of another which was made with it. @returns whether there is one to be explained now */
function goOn(history: History, courses: readonly Course[], course: Course): boolean {
  const { subject, versions } = course;
  const row = subject.rows[versions.length];
  // What another payout's action has made is explained with that.
  if (row === undefined || row.cause !== undefined) return false;
  const before = versions.at(-1);
  if (row.action !== EXCHANGE) {
    versions.push(next(history, subject, before, row));
    return true;
  }
  const twins = twinsOf(courses, course, row);
  const [twin] = twins;
  must(
    twin !== undefined && twins.length === 1,
    BOTH,
    () => `version ${row.version} of ${subject.id} has changed ${twins.length} others`,
  );
  const { subject: other, versions: others, together } = twin.course;
  if (others.length !== twin.row.version - 1) return false;
  const standing = others.at(-1)?.payout;
  const made = next(history, subject, before, row, { id: other.id, payout: standing });
  if (before === undefined || standing === undefined) return false;
  versions.push(made);
  others.push({
    row: twin.row,
    tag: tagOf(other, twin.row.version),
    payout: exchanged(standing, before.payout),
    makers: made.makers,
  });
  // Who is told of the one knows that the other has been made. Reads of two payouts, one after the other, promise nothing more.
  for (const { sent, version, standing: read } of subject.told)
    if (version === row.version && !read)
      together.push({ sent, payout: other.id, version: twin.row.version, standing: false });
  return true;
}
