import { isFinal } from '../../core/operations/operation-progress.ts';
import { SYSTEM } from '../../core/operations/operations.ts';
import { advice, never, notCancelable } from './advice.ts';
import type { Case, Entry, ResourceCase, ShownOperation } from './case.ts';
import type { Explanation, Saying } from './explanation.ts';
import { clock, moment, next } from './moment.ts';
import { decisionsOf, type Irrevocable, type StepCourse } from './steps.ts';
import { type Told, toldOf } from './told.ts';
import { CUSTOMER, type Named, RESOLVED, STATES, TOLD, UNSURE, WAITS } from './words.ts';

/** The sections of an operation. */
export function explainOperation(
  operation: ShownOperation,
  resource: ResourceCase,
  given: Case,
  now: Date,
): Explanation['sections'] {
  const told = toldOf(operation, resource, given, now);
  const { support, engineer } = advice(told);
  return {
    'In short': inShort(told),
    'What happened': [...happened(told), ...(resource.history.isComplete ? [] : [LAGGING])],
    'Why it waits': whyItWaits(told),
    'What the partners said': answers(told),
    'Who decided': decided(told),
    'What to do now': support,
    'Never do this': never(told),
    'Tell the customer': [customer(told)],
    'For the engineer': engineer,
  };
}

const LAGGING =
  'The history follows a second behind, and is not complete yet. Ask again in a few seconds for all of it.';

function inShort(told: Told): readonly Saying[] {
  const { operation, named } = told;
  const contradicted = told.entries.some(
    ({ operation: of, action }) => of === operation.id && action === 'contradicted',
  );
  const ending = operation.state === 'failed' || operation.state === 'cancelled';
  return [
    whatStays(told.irrevocable, isFinal(operation.state)),
    ending && told.irrevocable.done !== 'no'
      ? `It has ended as ${operation.state}, and yet not everything that was done for it is known to be taken back.`
      : STATES[operation.state](named),
    ...(isOnItsWay(operation) ? [soFar(told)] : []),
    ...(contradicted
      ? ['Careful: a partner has contradicted its own final answer. See what the partners said.']
      : []),
    ...notCancelable(told),
  ];
}

/** What is asked first, at three in the morning: whether anything was done that cannot be taken back. */
function whatStays({ done, steps }: Irrevocable, isOver: boolean): string {
  const names = (some: Irrevocable['steps']) =>
    some.map(({ name, partner }) => `'${name}' by ${partner}`).join(', ');
  if (done !== 'no')
    return `${names(steps)} cannot be taken back, and ${done === 'yes' ? 'was done' : 'may have been done'}.`;
  const toCome = steps.filter(({ isSent }) => !isSent);
  if (steps.length === 0) return 'Nothing that cannot be taken back is part of this.';
  if (toCome.length < steps.length)
    return `Nothing that cannot be taken back was done${isOver ? '' : ' so far'}: ${names(steps)} was tried, and not done.`;
  return isOver
    ? `Nothing that cannot be taken back was sent to anybody: ${names(toCome)} was never tried.`
    : `Nothing that cannot be taken back has been sent to anybody yet: ${names(toCome)} is still to come.`;
}

/** What the customer may be told: never that it goes on, where nobody knows. */
function customer({
  operation: { state, waiting },
  irrevocable,
  isUnknown,
  isStuck,
  isOverdue,
  named,
}: Told): string {
  if (isUnknown) return UNSURE(named);
  if ((state === 'failed' || state === 'cancelled') && irrevocable.done !== 'no')
    return CUSTOMER['needs-attention'](named);
  const isLate = waiting === undefined ? isStuck : isOverdue;
  const isMoving = state === 'accepted' || state === 'running' || state === 'waiting';
  return isMoving && (isLate || waiting !== undefined) ? CUSTOMER.waiting(named) : CUSTOMER[state](named);
}

const isOnItsWay = ({ state }: ShownOperation): boolean => state !== 'accepted' && !isFinal(state);

/** How far the current command has come. */
function soFar({ current, named: { step, partner } }: Told): string {
  if (current === undefined || (current.sentAt === undefined && !current.isUnknown))
    return `'${step}' has not been sent to ${partner} yet.`;
  if (!current.isUnknown) return `'${step}' was not done by ${partner} so far.`;
  return current.told.at(-1)?.told === 'pending'
    ? `${partner} has accepted '${step}', and has not said yet that it is done.`
    : `'${step}' was sent to ${partner}, and may have been done. Nobody knows yet.`;
}

/** Who asked for it, and how far each step has come. */
function happened({ operation, entries, courses: all, named, now }: Told): readonly string[] {
  const begun = entries.findIndex(({ operation: of }) => of === operation.id);
  const people = entries
    .slice(0, begun + 1)
    .filter(({ actor }) => actor !== SYSTEM)
    .map(({ actor, action, at }) => `${actor} did '${action}' ${moment(at, now)}.`);
  const steps = all.map((course) => {
    const { name, partner, sentAt, sent, doneAt } = course;
    if (doneAt !== undefined) return `'${name}' by ${partner}: done ${moment(doneAt, now)}.`;
    if (sentAt === undefined)
      return `'${name}' by ${partner}: ${course.isUnknown ? 'it may have been sent, which the history does not show yet' : 'not sent'}.`;
    const often = sent > 1 ? `sent ${sent} times under one reference, the last time` : 'sent';
    return `'${name}' by ${partner}: ${often} ${moment(sentAt, now)}${stands(course)}.`;
  });
  const why = isFinal(operation.state) ? reasonOf(operation) : [];
  const result = Object.entries(operation.result ?? {}).map(
    ([name, value]) => `The partner gave us ${name}: ${value}.`,
  );
  // Of the resource itself, which has no step.
  const end = entries.findLast(
    ({ operation: of, actor, step }) => of === operation.id && actor === SYSTEM && step === undefined,
  );
  const led =
    isFinal(operation.state) && end !== undefined ? [`The ${named.thing} is ${end.to} since then.`] : [];
  return [...people, ...steps, ...why, ...result, ...led];
}

const stands = ({ isUnknown, told }: StepCourse): string => {
  if (!isUnknown) return '';
  return told.at(-1)?.told === 'pending'
    ? '; accepted, and not finished'
    : '; whether it was done is not known';
};

const reasonOf = ({ problem }: ShownOperation): readonly string[] =>
  problem === undefined ? [] : [`The reason on record: ${problem.detail}.`];

function whyItWaits(told: Told): readonly Saying[] {
  const { operation, named, now } = told;
  const { waiting, state } = operation;
  if (waiting !== undefined)
    return [
      ...WAITS[waiting.reason].why({
        ...named,
        reference: operation.resource.id,
        until: next(waiting.nextAttemptAt, now),
      }),
      ...(told.isOverdue ? ['That is overdue.'] : []),
      `It waits for this reason since ${clock(waiting.since, now)}.`,
    ];
  const { current: course, lastAt, isStuck } = told;
  const late = isStuck ? ['That is too long: something on our own side holds it up.'] : [];
  if (state === 'accepted')
    return [
      `It was accepted ${moment(operation.createdAt, now)}. Work begins within seconds, as a rule.`,
      ...late,
    ];
  if (state === 'needs-attention') return ['It waits for a person.', ...reasonOf(operation)];
  if (isFinal(state)) return [];
  return course?.sentAt !== undefined && course.isUnknown
    ? [
        `'${named.step}' was sent to ${named.partner} ${moment(course.sentAt, now)}, and its answer is awaited.`,
      ]
    : [
        `'${named.step}' is in our own queue for ${named.partner} since ${clock(lastAt, now)}. It is taken from there within seconds, as a rule.`,
        ...late,
      ];
}

/** What was answered, the oldest first; the same answer again and again is one sentence. */
function answers({ courses: all, named, now }: Told): readonly string[] {
  return all.flatMap(({ name, partner, told, sentAt, isUnknown: open }) => {
    const runs: Entry[][] = [];
    for (const entry of told) {
      const run = runs.at(-1);
      if (run?.[0]?.told === entry.told && run?.[0]?.action === entry.action) run.push(entry);
      else runs.push([entry]);
    }
    // That it was taken on is told by whatever came after.
    const words = runs.filter((run, i) => run[0]?.told !== 'pending' || i === runs.length - 1);
    const sentences = words.map((run) => {
      const last = run.at(-1);
      const often = run.length > 1 ? ` It said so ${run.length} times.` : '';
      return last === undefined ? '' : `${answer(last, { ...named, step: name, partner }, now)}${often}`;
    });
    const silent = sentAt !== undefined && open && told.length === 0;
    return silent ? [`${partner} has not answered '${name}' yet.`] : sentences;
  });
}

function answer({ action, told = '', at }: Entry, named: Named, now: Date): string {
  const [kind = '', reason = ''] = told.split(/: (.*)/s);
  const words = Object.entries(TOLD).find(([each]) => each === kind)?.[1];
  const said =
    words?.({ ...named, at: moment(at, now), reason }) ??
    `${named.partner} said ${moment(at, now)}: ${told}.`;
  return action === 'contradicted'
    ? `${said} That contradicts its first answer. The first answer stands, and nothing was changed by this one.`
    : said;
}

function decided({ operation, entries, named, now }: Told): readonly string[] {
  const decisions = decisionsOf(operation, entries).map(
    ({ action, actor, at, outcome, evidence = '', resource, step, note }) => {
      if (action === 'cancel' || outcome === undefined)
        return `${actor} asked to cancel it ${moment(at, now)}${note === undefined ? '' : `, and noted: ${note}`}.`;
      const left = resource === 'leave' ? ` The ${named.thing} was to be left as it is.` : '';
      return `${actor} decided ${moment(at, now)} ${RESOLVED[outcome]({ ...named, step: step ?? named.step })}, on this evidence: "${evidence}".${left}`;
    },
  );
  return decisions.length > 0 ? decisions : ['Nobody has decided anything about it by hand.'];
}
