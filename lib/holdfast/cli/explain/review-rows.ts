import type { Action } from '../../core/definitions/define-action.ts';
import { WAITING_REASONS, type WaitingReason } from '../../core/operations/operation-progress.ts';
import { problemsBeside } from '../../core/operations/problem-rows.ts';
import { tablesOf } from '../../core/partners/answers.ts';
import { titleOf } from '../../core/problems/problem.ts';
import { problemEntry } from '../../core/problems/problem-page.ts';
import type { ProblemRow } from '../../core/problems/problems.ts';
import { sizeProblems } from '../../core/writes/plan-size.ts';
import { problemsOf } from '../../service/registry.ts';
import { nameOf } from '../../testing/examples.ts';
import { curlOf } from '../../testing/provoke/asked.ts';
import { type Provocable, provocables } from '../../testing/provoke/provoke.ts';
import { WAITS as PROVOKED, partnerFor } from '../../testing/provoke/waits.ts';
import type { Scene } from '../../testing/scene/scene.ts';
import { CUSTOMER, customerOfWait, WAITS } from '../operation/words.ts';

/** What happens, and what of it can be provoked. */
interface Situation {
  readonly when: string;
  /** Of a {@link Provocable}. */
  readonly name: string;
}

/** What a client gets in a situation, and everybody's part in it. */
export interface ReviewRow {
  readonly when: string;
  readonly gets: string;
  readonly recovery: string;
  readonly tell: string;
  readonly check: string;
  /** @default it does not happen to this action, and `gets` says why; or nobody can know that it is brought about so */
  readonly provoke?: { readonly command: string; readonly curl: string };
}

/** What is asked of every action before it is merged. */
const situationsOf = (action: Action): readonly Situation[] => [
  { when: 'A duplicate: the same request again', name: 'replay' },
  { when: 'A duplicate key: another request under it', name: 'idempotency-key-reused' },
  { when: 'A conflict, or a stale version: somebody else was faster', name: 'version-mismatch' },
  { when: 'No version', name: 'version-required' },
  { when: 'A wrong state', name: 'illegal-transition' },
  ...action.problems.map((name) => ({ when: 'A rule of its own', name })),
  ...Object.entries(problemsBeside(action)).map(([name, row]) => ({ when: whenBeside(name, row), name })),
  {
    when: `A partner that is down${action.operation === undefined ? '' : ', and says so'}`,
    name: 'waiting:unavailable',
  },
  ...(action.operation === undefined ? [] : PARTNER_SITUATIONS),
  { when: 'An old client, of a version that has ended', name: 'unknown-api-version' },
];

/** When it is refused over something else than its own resource. */
function whenBeside(name: string, { tellsErrors }: ProblemRow): string {
  if (Object.hasOwn(sizeProblems, name)) return 'More than fits into one write';
  return tellsErrors === undefined
    ? 'Another resource that it decides on'
    : 'Another resource that has what it takes';
}

const PARTNER_SITUATIONS: readonly Situation[] = [
  { when: 'A partner that is down, and says nothing', name: 'waiting:unknown' },
  { when: 'A partner that has been down for a while', name: 'waiting:breaker' },
  { when: 'A partner that refuses', name: 'operation:failed' },
  { when: 'An outcome that nobody knows', name: 'operation:needs-attention' },
];

/** Every row of an action's part of the page. */
export async function reviewRows(scene: Scene, action: Action): Promise<readonly ReviewRow[]> {
  const all = new Map(provocables(scene).map((each) => [each.name, each]));
  const rows = situationsOf(action).map(async ({ when, name }): Promise<readonly ReviewRow[]> => {
    const provocable = all.get(name);
    return provocable === undefined ? [] : [await rowOf(scene, action, when, provocable)];
  });
  return (await Promise.all(rows)).flat();
}

async function rowOf(scene: Scene, action: Action, when: string, provocable: Provocable): Promise<ReviewRow> {
  const whyNot = provocable.whyNot(action);
  if (whyNot !== undefined)
    return { when, gets: `does not happen: ${whyNot}`, recovery: '', tell: '', check: '' };
  const row = { when, ...told(scene, action, provocable.name) };
  // Nobody is told to run what may not bring it about.
  if (provocable.unsure?.(action) !== undefined) return row;
  const asked = await provocable.shown(scene, action);
  const command = `npm run provoke -- ${provocable.name} --action ${nameOf(action)}`;
  const { subject, scopes } = { ...asked.sent.from };
  const whose = [
    ...(subject === undefined ? [] : [`--subject ${subject}`]),
    ...(scopes === undefined ? [] : [`--scopes '${scopes}'`]),
  ].join(' ');
  const token = `TOKEN=$(npm run --silent token${whose === '' ? '' : ` -- ${whose}`})`;
  return { ...row, provoke: { command, curl: `${token}\n${curlOf(asked, '$API')}` } };
}

type Told = Omit<ReviewRow, 'when' | 'provoke'>;

/** Of an operation, everything is told in one manner: the client follows it, and support reads it. */
const ofOperation = (gets: string, tell: string): Told => ({
  gets: `202 and an operation${gets}`,
  recovery: '`track`: Follow the operation that the answer names.',
  tell,
  check: '`npm run operation -- show ID` tells what happened, why it waits and what to do.',
});

/** In the sentences that support reads of an operation that waits so, with the step that is provoked to it. */
function ofWait({ operation, resource }: Action, reason: WaitingReason): Told | undefined {
  const partner = partnerFor(PROVOKED[reason], operation?.steps ?? []);
  const step = operation?.steps.find((each) => each.partner === partner);
  if (step === undefined) return undefined;
  const named = {
    step: step.name,
    partner: step.partner.name,
    thing: resource.singular,
    reference: `the id of the ${resource.singular}`,
    until: 'at `waiting.nextAttemptAt`',
    late: 'eleven minutes after that',
  };
  const { why, now } = WAITS[reason];
  const { support } = now(named);
  const { check, ...rest } = ofOperation(
    ` that waits, \`waiting.reason\` being \`${reason}\`. ${why(named).join(' ')}`,
    customerOfWait(reason, named),
  );
  return { ...rest, check: [...support, check].join(' ') };
}

/** Reasons of its partners, in our own words. */
const refusalsOf = ({ operation }: Action): readonly string[] => [
  ...new Set(
    operation?.steps.flatMap(({ partner }) =>
      tablesOf(partner.answers).flatMap(({ rejects = {} }) => Object.values(rejects)),
    ),
  ),
];

/** What is known of an answer by its definitions, by the name of what provokes it. */
function told(scene: Scene, action: Action, name: string): Told {
  const { operation, resource, to } = action;
  const row = problemsOf(scene.registry).get(name);
  if (row !== undefined) {
    const { prefix } = scene.service;
    const { status, recovery, client, tell, check } = problemEntry(name, row, { prefix, base: '' });
    return {
      gets: `${status} \`${name}\`: ${titleOf(row, resource.singular)}`,
      recovery: `\`${recovery}\`: ${client}`,
      tell,
      check,
    };
  }
  const reason = WAITING_REASONS.find((each) => name === `waiting:${each}`);
  const waits = reason === undefined ? undefined : ofWait(action, reason);
  if (waits !== undefined) return waits;
  if (name === 'operation:failed')
    return ofOperation(
      ` that comes to \`failed\`; the ${resource.singular} becomes \`${operation?.onFailed}\``,
      `Its \`problem.detail\`: ${refusalsOf(action).join(' · ')}`,
    );
  if (name === 'operation:needs-attention')
    return ofOperation(
      ` that comes to \`needs-attention\`; the ${resource.singular} stays \`${to}\` until a person resolves it`,
      CUSTOMER['needs-attention']({ thing: resource.singular }),
    );
  const first = operation !== undefined ? 202 : action.from === undefined ? 201 : 200;
  return {
    gets: `${first} and the first answer to the byte, with \`Idempotent-Replayed: true\``,
    recovery: 'none: it is done, once',
    tell: 'What the first answer says.',
    check: `The history of the ${resource.singular} has one entry for it.`,
  };
}
