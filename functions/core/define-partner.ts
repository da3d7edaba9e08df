import type { Credentials } from './credentials.ts';
import type { Outcome } from './outcome.ts';
import type { RetryPolicy } from './retry-policy.ts';
import type { Verification } from './verification.ts';

/** A command for a partner, whatever the attempt. */
export interface PartnerCommand {
  /** What it shall do: `transfer`. */
  readonly name: string;
  /** Ours, at most 35 characters: the partner's idempotency key, the same for every attempt. */
  readonly reference: string;
  /** Reference of the command that this one takes back. @default it takes nothing back */
  readonly undoes?: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** What an adapter may use; it has no other way out. */
export interface PartnerContext {
  /** Base URL of the partner, without a trailing slash. */
  readonly url: string;
  /** Aborted when the partner's time is up. */
  readonly signal: AbortSignal;
}

/** A callback that has been verified. */
export interface PartnerCallback {
  readonly reference: string;
  readonly outcome: Outcome;
}

/** An adapter: the only place that knows a partner's formats, codes and quirks. */
export interface Partner {
  /** In kebab case: names its queue, its secret and its callback route. */
  readonly name: string;
  /** Calls that may be under way at once. At least 2, the least that SQS limits a consumer to. */
  readonly concurrency: number;
  readonly ratePerSecond: number;
  /** After so long a call is given up; what became of it is then unknown. */
  readonly timeoutMs: number;
  /** A query's *not found* counts as not done only so long after the call. */
  readonly settleSeconds: number;
  /** For so long after the first call the partner knows a reference again, so that a command may be sent again. */
  readonly idempotencyWindowSeconds: number;
  readonly retry: RetryPolicy & { readonly maxAttempts: number };
  /** Opens after so many failures in a row, for so long. */
  readonly breaker: { readonly failures: number; readonly openSeconds: number };
  /** How long a callback is waited for before the partner is asked. @default no callback is waited for */
  readonly callbackSeconds?: number;
  send(command: PartnerCommand, context: PartnerContext): Promise<Outcome>;
  /** Asks what became of a command. @default the partner cannot be asked */
  query?(command: PartnerCommand, context: PartnerContext): Promise<Outcome>;
  /** Reads a verified callback's body. @throws for a body that is none of the partner's */
  callback?(body: unknown): PartnerCallback;
  /** What our calls prove themselves by; its value is a secret of its own. @default calls carry none */
  readonly credentials?: Credentials;
  /** What the partner's callbacks prove themselves by. @default standardWebhooks() */
  readonly verify?: Verification;
  /** The same command sent twice is done once, whenever. An adapter without `query` must say so. @default false */
  readonly idempotent?: boolean;
}

/**
 * Checks and returns the definition.
 * @throws Error that names the fault and the remedy
 */
export function definePartner(partner: Partner): Partner {
  const fail = (fault: string) => {
    throw new Error(`partner '${partner.name}': ${fault}`);
  };
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(partner.name))
    fail('its name is not kebab case; rename it and its file');
  if (partner.concurrency < 2)
    fail(`concurrency is ${partner.concurrency}; SQS limits a consumer to 2 at least`);
  if (partner.timeoutMs > 600_000)
    fail(`timeoutMs is ${partner.timeoutMs}; a Lambda ends after 15 minutes, give 600000 at most`);
  if (partner.retry.maxAttempts < 1) fail('retry.maxAttempts is below 1');
  if (partner.callbackSeconds !== undefined && partner.callback === undefined)
    fail('waits for callbacks it cannot read; add callback');
  if (partner.verify !== undefined && partner.callback === undefined)
    fail('verifies callbacks it cannot read; add callback, or leave verify out');
  if (partner.query === undefined && partner.idempotent !== true) {
    fail('can neither be asked nor be sent a command twice; add query, or say idempotent: true');
  }
  return partner;
}
