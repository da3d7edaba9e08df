import { setTimeout as delay } from 'node:timers/promises';
import type { Fate } from './dynamodb-proxy.ts';

/** The invocation that makes a call. */
export interface Invoked {
  /** Ends its execution environment at once. */
  kill(): Promise<void>;
  /** Hands its event to the function once more, and waits until that is handled. */
  repeat(): Promise<void>;
}

/** Longer than the SDK waits for an answer: it asks again. */
const TOO_LATE_MS = 2_500;

/** What befalls one call. `attempts`: only the first attempt at it, or whichever the SDK makes. */
export interface Fault {
  readonly attempts: 'first' | 'all';
  readonly fate: (invoked: Invoked) => Fate | Promise<Fate>;
}

/** Everything that can happen to a function at a call of AWS. */
export const FAULTS: Readonly<Record<string, Fault>> = {
  'dies before': {
    attempts: 'first',
    async fate({ kill }): Promise<Fate> {
      await kill();
      return 'lose-request';
    },
  },
  'dies after': {
    attempts: 'first',
    fate: ({ kill }) => ({
      async after() {
        await kill();
        return 'lose-answer';
      },
    }),
  },
  'times out': {
    attempts: 'first',
    fate: () => ({
      async after() {
        await delay(TOO_LATE_MS);
        return 'lose-answer';
      },
    }),
  },
  throttled: { attempts: 'all', fate: () => ({ refuse: 'ThrottlingException' }) },
  'fails with 500': { attempts: 'all', fate: () => ({ refuse: 'InternalServerError', status: 500 }) },
  'delivered twice': {
    attempts: 'first',
    async fate({ repeat }): Promise<Fate> {
      await repeat();
      return 'pass';
    },
  },
};
