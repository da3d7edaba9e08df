import { markdownTable } from '../bench/markdown-table.ts';

/** A contract test that the emulator cannot answer. */
export interface Skip {
  /** Full name of the test. */
  readonly name: string;
  /** What stands against it: how AWS behaves, and how the emulator does. */
  readonly because: string;
}

/** Contract tests that are left out on the emulator, and nowhere else: the local cloud and a real account answer them. */
export const skips: readonly Skip[] = [
  {
    name: 'the gateway itself answers a malformed path with a problem',
    because:
      'API Gateway refuses a path whose percent-encoding is broken; the emulator hands it to the function, which finds no such payout',
  },
  {
    name: 'every answer names its request: a problem by the id that the gateway gave it',
    because:
      'API Gateway sends the id of `requestContext.requestId` as `x-amzn-RequestId`; the emulator makes another one up for the header',
  },
];

const SUBJECTS = 'two people of one tenant act in it, and one token is one of them';
const TENANTS = 'it needs a tenant of its own, and one token has one for good';
const SCOPES = 'it needs a token that holds less, and one token has its scopes for good';
const EXPIRY = 'it needs a token that is good for seconds, and the one is good for longer';

/** Contract tests that are left out where there is one token, as that of a user pool's client: they need others. */
export const oneTokenSkips: readonly Skip[] = [
  {
    name: 'a client of an older version creates, reads and lists in its own shape, and another reads the same payout in the newest',
    because: TENANTS,
  },
  {
    name: 'the order of the write contract the scope comes before the media type, the token before the scope',
    because: SCOPES,
  },
  { name: 'a replay passes authorization anew', because: SCOPES },
  {
    name: 'a replay is for the same user: another of the tenant gets 422, another tenant nothing',
    because: TENANTS,
  },
  {
    name: 'C5: what comes from outside is as short as a key may be a tenant of 2,000 characters has no token',
    because: TENANTS,
  },
  {
    name: 'C5: what comes from outside is as short as a key may be a tenant whose name is encoded in three times as many bytes works like any other',
    because: TENANTS,
  },
  {
    name: 'what an action was told can be read again on the resource, every member of it: approve',
    because: SUBJECTS,
  },
  {
    name: 'what an action was told can be read again on the resource, every member of it: disburse',
    because: SUBJECTS,
  },
  {
    name: 'the document describes the answers to a payout on its way from draft to cancelled and back, each action of it',
    because: SUBJECTS,
  },
  { name: 'the document describes the answers to a disbursement and its operation', because: SUBJECTS },
  { name: 'the document describes the answers to a cancelled disbursement', because: SUBJECTS },
  { name: 'the document describes the answers to what is refused', because: SUBJECTS },
  { name: 'a payout moves through its states by actions alone', because: SUBJECTS },
  { name: 'a payout submit is refused in every other state, with the state that stands', because: SUBJECTS },
  { name: 'a payout approve is refused in every other state, with the state that stands', because: SUBJECTS },
  { name: 'a payout cancel is refused in every other state, with the state that stands', because: SUBJECTS },
  {
    name: 'a payout change-amount is refused in every other state, with the state that stands',
    because: SUBJECTS,
  },
  { name: 'a payout reopen is refused in every other state, with the state that stands', because: SUBJECTS },
  { name: 'a payout of another tenant is not there: to read, to act on, or to list', because: TENANTS },
  { name: 'a payout of a tenant whose name holds a separator does not meet another’s', because: TENANTS },
  {
    name: 'a list of payouts is newest first, in pages, each payout once, of one state if asked',
    because: TENANTS,
  },
  {
    name: 'a list of payouts refuses a cursor that was not given for this tenant and filter, and every other wrong parameter',
    because: TENANTS,
  },
  {
    name: 'scopes payouts:read reads and lists, and acts on nothing; an action’s own scope is enough for it',
    because: SCOPES,
  },
  {
    name: 'a token that expires while the gateway remembers it is refused by the action itself',
    because: EXPIRY,
  },
];

/** Each of them as a row of docs/deploy.md. */
export const skipTable = (): string =>
  markdownTable([
    ['test', 'why the emulator cannot pass it'],
    ...skips.map(({ name, because }) => [name, because]),
  ]);
