import fc from 'fast-check';
import { ACTIONS, type ActionName } from './payout-machine.ts';

/** The versions of the contract that a request may name; `undefined` names none. */
const VERSIONS = ['2026-11-01', '2026-05-01', undefined] as const;

/** What a request says in `API-Version`. */
export type Version = (typeof VERSIONS)[number];

/** Who sends: the first three share a tenant, the last one is of another. */
export const USERS = ['alice', 'bob', 'carol', 'mallory'] as const;

/** What becomes of a call between the SDK and DynamoDB. */
const FAULTS = [
  'pass',
  'lose-request',
  'lose-answer',
  'throttle',
  'conflict',
  'fail',
  'land-and-fail',
] as const;

/** What becomes of one call. */
export type Fault = (typeof FAULTS)[number];

/** Where a payout stands when a program begins; `crowded` is a draft that has spilled receipts. */
const BEGINNINGS = [
  'nothing',
  'draft',
  'submitted',
  'approved',
  'disbursing',
  'cancelled',
  'crowded',
] as const;

/** Where a payout stands when a program begins. */
export type Beginning = (typeof BEGINNINGS)[number];

/** What `If-Match` says, of the tags that are known when the request is sent. */
const IF_MATCHES = ['newest', 'older', 'list', 'stale-list', 'weak', '*', 'none'] as const;

/** What `If-Match` says. */
export type IfMatch = (typeof IF_MATCHES)[number];

/** What a repeated request says otherwise than the one it repeats. */
const CHANGES = ['nothing', 'version', 'if-match', 'body', 'user', 'action', 'payout'] as const;

/** What a repeated request says otherwise. */
export type Change = (typeof CHANGES)[number];

/** What happens to a request on its way: the fate of each of its calls in turn, and whether its answer is lost. */
interface Way {
  readonly faults: readonly Fault[];
  /** The client never hears of it, and does not wait. */
  readonly lost: boolean;
}

/** One request of a program; numbers that choose are taken modulo what there is to choose from. */
export type Request = Way &
  (
    | {
        readonly do: 'act';
        /** An action by name, or the n-th that the state last seen permits. */
        readonly action: ActionName | number;
        readonly payout: number;
        readonly user: number;
        readonly ifMatch: IfMatch;
        readonly version: Version;
      }
    | { readonly do: 'repeat' /** So many writes ago. */; readonly back: number; readonly change: Change }
    | {
        readonly do: 'read';
        readonly what: 'payout' | 'list' | 'history' | 'operation';
        readonly payout: number;
        readonly user: number;
        readonly version: Version;
      }
    | { readonly do: 'cancel-operation'; readonly payout: number; readonly user: number }
    | { readonly do: 'end-operation'; readonly payout: number; readonly verdict: 'clear' | 'hit' }
  );

/** What some users do at the same time: requests in the order in which they are sent, and what goes on when. */
export interface Program {
  readonly payouts: readonly Beginning[];
  readonly requests: readonly Request[];
  /** Which of what can go on goes on, step by step; the oldest does where this ends. */
  readonly choices: readonly number[];
}

/** One of these, each as often as its weight says; the first is the simplest. */
export const weighted = <T>(choices: readonly (readonly [T, number])[]): fc.Arbitrary<T> =>
  fc.oneof(
    { withCrossShrink: true },
    ...choices.map(([value, weight]) => ({ weight, arbitrary: fc.constant(value) })),
  );

const fault = weighted<Fault>([
  ['pass', 12],
  ['lose-answer', 3],
  ['lose-request', 2],
  ['land-and-fail', 1],
  ['conflict', 1],
  ['fail', 1],
  ['throttle', 1],
]);

const way = {
  faults: fc.oneof(
    { withCrossShrink: true },
    { weight: 3, arbitrary: fc.constant<Fault[]>([]) },
    { weight: 1, arbitrary: fc.array(fault, { maxLength: 4 }) },
  ),
  lost: weighted([
    [false, 6],
    [true, 1],
  ]),
};

const payout = fc.nat(2);
const user = weighted([
  [0, 5],
  [1, 5],
  [2, 3],
  [3, 1],
]);
const version = weighted<Version>([
  [VERSIONS[0], 3],
  [VERSIONS[1], 2],
  [VERSIONS[2], 1],
]);
const ifMatch = weighted<IfMatch>([
  ['newest', 20],
  ['older', 2],
  ['list', 2],
  ['stale-list', 1],
  ['weak', 1],
  ['*', 1],
  ['none', 1],
]);
const change = weighted<Change>([
  ['nothing', 8],
  ['version', 4],
  ['if-match', 3],
  ['body', 2],
  ['user', 2],
  ['action', 1],
  ['payout', 1],
]);

/** @param action those that are asked for */
const requestFor = (action: fc.Arbitrary<ActionName | number>): fc.Arbitrary<Request> =>
  fc.oneof(
    {
      weight: 10,
      arbitrary: fc.record({
        do: fc.constant('act' as const),
        action,
        payout,
        user,
        ifMatch,
        version,
        ...way,
      }),
    },
    {
      weight: 7,
      arbitrary: fc.record({
        do: fc.constant('repeat' as const),
        back: fc.oneof({ weight: 2, arbitrary: fc.nat(2) }, { weight: 1, arbitrary: fc.nat(20) }),
        change,
        ...way,
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        do: fc.constant('read' as const),
        what: weighted<'payout' | 'list' | 'history' | 'operation'>([
          ['payout', 4],
          ['list', 1],
          ['history', 1],
          ['operation', 1],
        ]),
        payout,
        user,
        version,
        ...way,
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ do: fc.constant('cancel-operation' as const), payout, user, ...way }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        do: fc.constant('end-operation' as const),
        payout,
        verdict: fc.constantFrom('clear' as const, 'hit' as const),
        faults: fc.constant([]),
        lost: fc.constant(false),
      }),
    },
  );

const beginning = weighted<Beginning>([
  ['draft', 6],
  ['nothing', 2],
  ['submitted', 4],
  ['approved', 3],
  ['disbursing', 1],
  ['cancelled', 1],
  ['crowded', 1],
]);

/** @param action those that are asked for */
export const programOf = (
  payouts: fc.Arbitrary<Beginning[]>,
  action: fc.Arbitrary<ActionName | number>,
): fc.Arbitrary<Program> =>
  fc.record({
    payouts,
    requests: fc.array(requestFor(action), { minLength: 1, maxLength: 12, size: 'max' }),
    choices: fc.array(fc.nat(3), { maxLength: 40, size: 'max' }),
  });

/** Every program; the simplest creates nothing, and sends one request after the other. */
export const program = programOf(
  fc.oneof(
    { withCrossShrink: true },
    { weight: 6, arbitrary: fc.array(beginning, { minLength: 1, maxLength: 2, size: 'max' }) },
    { weight: 1, arbitrary: fc.array(beginning, { minLength: 3, maxLength: 3 }) },
  ),
  fc.oneof({ weight: 5, arbitrary: fc.nat(3) }, { weight: 1, arbitrary: fc.constantFrom(...ACTIONS) }),
);
