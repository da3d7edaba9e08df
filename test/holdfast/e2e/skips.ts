import { markdownTable } from '../bench/markdown-table.ts';

/** Contract tests that are left out for one reason. */
export interface Skip {
  /** Matches their full names. */
  readonly names: RegExp;
  /** What stands against it: how AWS behaves, and how the emulator does. */
  readonly because: string;
}

/** Contract tests that are left out on the emulator, and nowhere else: the local cloud and a real account answer them. */
export const skips: readonly Skip[] = [
  {
    names: /^the gateway itself answers a malformed path with a problem$/,
    because:
      'API Gateway refuses a path whose percent-encoding is broken; the emulator hands it to the function, which finds no such payout',
  },
  {
    names: /^every answer names its request: a problem by the id that the gateway gave it$/,
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
  { names: /of an older version creates, reads and lists/, because: TENANTS },
  { names: /another tenant|tenant whose name|tenant of 2,000 characters/, because: TENANTS },
  { names: /a list of payouts (is newest first|shows each)/, because: TENANTS },
  { names: /payouts\.create, sent six times at once/, because: TENANTS },
  { names: /refuses a cursor that/, because: TENANTS },
  { names: /operation of payouts\.disburse is followed/, because: TENANTS },
  { names: /^payouts\.(approve|disburse) /, because: SUBJECTS },
  { names: / in '(approved|paid)'| from 'approved'/, because: SUBJECTS },
  { names: /refuses its key for another/, because: SUBJECTS },
  { names: /the history of payouts tells/, because: SUBJECTS },
  { names: /moves through its states|its submitter approves/, because: SUBJECTS },
  { names: /its own scope|authorization anew|before its scope|payouts:read reads/, because: SCOPES },
  { names: /expires while the gateway remembers/, because: EXPIRY },
];

/** Each of them as a row of docs/deploy.md. */
export const skipTable = (): string =>
  markdownTable([
    ['test', 'why the emulator cannot pass it'],
    ...skips.map(({ names, because }) => [names.source.replaceAll(/[\^$]/g, ''), because]),
  ]);
