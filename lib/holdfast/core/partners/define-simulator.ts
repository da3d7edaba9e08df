import { type Answers, answersFor, sayingUnavailable, tablesOf } from './answers.ts';
import type { Credentials } from './credentials.ts';
import { callbackAnswers, type Partner } from './define-partner.ts';
import { standardWebhooks, type Verification } from './verification.ts';

/** What all routes of a simulated partner have. */
interface SimulatedRoute {
  /** Whose table of `answers` holds the words, where each command has its own. @default the only table */
  readonly command?: string;
  /** Further members of the answer's body, and of the callback's; `{reference}` in them is ours. @default none */
  readonly members?: Readonly<Record<string, string>>;
  /** HTTP status of a word. @default 200 */
  readonly status?: Readonly<Record<string, number>>;
}

/** A route by which the partner does something: once for each reference, whatever happens. */
export interface DoingRoute extends SimulatedRoute {
  /** Where our reference stands in the body: a member by name, or deeper by JSON Pointer (RFC 6901). */
  readonly reference: string;
  /** Its word for done. */
  readonly done: string;
  /** Its word while it is not done yet; without one, it is never late. @default none */
  readonly later?: string;
  /** Its word for a refusal; without one, it never refuses. @default none */
  readonly refused?: string;
  /** It answers 202 without a word, and calls back with it. @default false */
  readonly callsBack?: boolean;
}

/** A route by which the partner tells what became of `{reference}` in its path. */
export interface TellingRoute extends SimulatedRoute {
  /** Its word for a reference that it does not know. */
  readonly absent: string;
}

/** How the local cloud plays a partner: pure data. Faults, the ledger, calling back and signing are the local cloud's. */
export interface Simulator {
  /** The adapter that it stands in for. */
  readonly partner: Partner;
  /**
   * By method and path: `POST /transfers`, `GET /transfers/{reference}`. What `{undoes}` in a path stands for is taken
   * back, and said to be so from then on.
   */
  readonly on: Readonly<Record<string, DoingRoute | TellingRoute>>;
}

/** A route with what follows from its partner. */
export type PlayedRoute = (DoingRoute | TellingRoute) & {
  readonly method: string;
  readonly path: string;
  /** Where its words stand. */
  readonly at: readonly string[];
  /** How it says that it does nothing now: a word of its own with 200, or a status alone. @default it has no way to */
  readonly unavailable?: string | number;
};

/** A simulator as plain data, so that it can be handed from one process to another. */
export interface PlayedPartner {
  readonly name: string;
  readonly routes: readonly PlayedRoute[];
  /** What calls have to prove themselves by. @default nothing */
  readonly credentials?: Credentials;
  /** Where a callback says what, and how it is signed. */
  readonly callback?: {
    readonly reference: string;
    readonly at: readonly string[];
    readonly verify: Verification;
  };
}

export const isDoing = (route: DoingRoute | TellingRoute): route is DoingRoute => 'done' in route;

/**
 * Checks and returns the definition: a simulator says only what its adapter has declared.
 * @throws Error that names the fault and the remedy
 */
export function defineSimulator(simulator: Simulator): Simulator {
  const { partner, on } = simulator;
  for (const [name, route] of Object.entries(on)) {
    const fault = faultOfRoute(partner, name, route);
    if (fault !== undefined) throw new Error(`simulator of '${partner.name}', '${name}': ${fault}`);
  }
  return simulator;
}

function faultOfRoute(partner: Partner, name: string, route: DoingRoute | TellingRoute): string | undefined {
  if (!/^[A-Z]+ \/\S*$/.test(name)) return "a route is a method and a path, such as 'POST /commands'";
  const answers = answersOf(partner, route);
  if (answers === undefined) return 'answers has a table for each command; name one as command';
  const { succeeded, pending = [], notFound = [], rejects = {}, http = {} } = answers;
  const done = Array.isArray(succeeded) ? succeeded : Object.keys(succeeded);
  const says: readonly [string | undefined, string, readonly string[]][] = isDoing(route)
    ? [
        [route.done, 'succeeded', done],
        [route.later, 'pending', pending],
        [route.refused, 'rejects', Object.keys(rejects)],
      ]
    : [[route.absent, 'notFound', notFound]];
  const [word, where] = says.find(([said, , listed]) => said !== undefined && !listed.includes(said)) ?? [];
  if (word !== undefined) return `it says '${word}', which answers.${where} does not list; add it there`;
  const status = Object.values(route.status ?? {}).find(
    (each) => !(each in http) && !/^2\d\d$/.test(`${each}`),
  );
  if (status !== undefined)
    return `it says a word with ${status}, where none is read; add ${status}: 'words' to answers.http`;
  return isDoing(route) ? faultOfCallingBack(partner, answers, route) : faultOfTelling(name);
}

function faultOfCallingBack(
  { callback }: Partner,
  { http = {} }: Answers,
  { callsBack = false }: DoingRoute,
) {
  if (callsBack && callback === undefined) return 'it calls back; give the partner a callback';
  if (callsBack && http[202] === undefined)
    return "it answers 202 before it calls back; add 202: 'pending' to answers.http";
  return undefined;
}

const faultOfTelling = (name: string) =>
  name.includes('{reference}') ? undefined : 'its path has no {reference}, so nothing can be told of one';

/** A simulator as the local cloud plays it. */
export function playedPartner({ partner, on }: Simulator): PlayedPartner {
  const routes = Object.entries(on).map(([name, route]): PlayedRoute => {
    const [method = '', path = ''] = name.split(' ');
    const answers = answersOf(partner, route);
    const unavailable = answers && sayingUnavailable(answers);
    return { ...route, method, path, at: answers?.at ?? [], ...(unavailable && { unavailable }) };
  });
  const { name, credentials } = partner;
  const played = { name, routes, ...(credentials && { credentials }) };
  if (partner.callback === undefined) return played;
  const { reference } = partner.callback;
  const { at } = callbackAnswers(partner);
  return {
    ...played,
    callback: { reference, at, verify: partner.verify ?? standardWebhooks() },
  };
}

const answersOf = ({ answers }: Partner, { command }: SimulatedRoute): Answers | undefined =>
  command === undefined ? onlyOne(tablesOf(answers)) : answersFor(answers, command);

const onlyOne = (tables: readonly Answers[]) => (tables.length === 1 ? tables[0] : undefined);
