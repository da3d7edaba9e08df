import { isKebab } from '../kebab-case.ts';
import { type Answers, faultOfAnswers, type PartnerAnswers, tablesOf } from './answers.ts';
import type { Credentials } from './credentials.ts';
import type { Reply } from './reply.ts';
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

/**
 * Calls the partner, and only the partner: at the base URL of the stage, with its credentials, in JSON both ways. It
 * follows no redirect, reads 64 KB at most, and ends when the time of the whole call is up, whatever the partner does.
 * @param method such as `POST`
 * @param path below the base URL, beginning with `/`; may hold a query
 * @param body sent as JSON. @default no body
 * @returns what came back; also where nothing did
 * @throws Error for a path that leaves the base URL and for a header that is not the adapter's to set. The command is
 * then `unknown`, whatever the adapter returns
 */
export type PartnerRequest = (
  method: string,
  path: string,
  body?: unknown,
  options?: { readonly headers?: Readonly<Record<string, string>> },
) => Promise<Reply>;

/** What an adapter may use; it has no other way out. */
export interface PartnerContext {
  readonly request: PartnerRequest;
}

/** Where a callback says what. */
export interface CallbackForm {
  /** Where our reference stands: a member by name, or deeper by JSON Pointer (RFC 6901). */
  readonly reference: string;
  /** Its words. @default `answers` of the partner, where it is one table for every command */
  readonly answers?: Answers;
}

/** An adapter: the only place that knows a partner's formats, codes and quirks. */
export interface Partner {
  /** In kebab case: names its queue, its secret and its callback route. */
  readonly name: string;
  /** What `GET /status` calls it, where a stage has that route. @default the route says nothing of it */
  readonly publicName?: string;
  /** Calls that may be under way at once. At least 2, the least that SQS limits a consumer to. */
  readonly concurrency: number;
  /** Calls a second at most, 1 at least; what is above waits. */
  readonly ratePerSecond: number;
  /** After so many milliseconds a call is given up; what became of it is then unknown. */
  readonly timeoutMs: number;
  /** A query's _not found_ counts as not done only so many seconds after the call. */
  readonly settleSeconds: number;
  /** For so many seconds after the first call the partner knows a reference again, so that a command may be sent again. */
  readonly idempotencyWindowSeconds: number;
  /** Attempts at most of one command, and the wait between two: up to `baseMs`, doubled each time up to `capMs`. */
  readonly retry: RetryPolicy & { readonly maxAttempts: number };
  /** The circuit breaker opens after so many `failures` in a row, for `openSeconds`; nothing is sent meanwhile. */
  readonly breaker: { readonly failures: number; readonly openSeconds: number };
  /** Seconds that a callback is waited for before the partner is asked. @default no callback is waited for */
  readonly callbackSeconds?: number;
  /** What the partner's words mean; for every command, or for each by its name. */
  readonly answers: PartnerAnswers;
  /** Sends a command, and returns the reply that tells what became of it. */
  send(command: PartnerCommand, context: PartnerContext): Promise<Reply>;
  /** Asks what became of a command, and returns the reply. @default the partner cannot be asked */
  query?(command: PartnerCommand, context: PartnerContext): Promise<Reply>;
  /** How its callbacks are read, once they are verified. @default it does not call back */
  readonly callback?: CallbackForm;
  /** A 401 says for sure that a command was not done, so that it may be sent again with new credentials. @default false */
  readonly unauthorizedDoesNothing?: boolean;
  /** What our calls prove themselves by; its value is a secret of its own. @default calls carry none */
  readonly credentials?: Credentials;
  /** What the partner's callbacks prove themselves by. @default standardWebhooks() */
  readonly verify?: Verification;
  /** The same command sent twice is done once, whenever. An adapter without `query` must say so. @default false */
  readonly idempotent?: boolean;
}

/** Time of a consumer besides its call: to load, to claim and to report. */
export const CONSUMER_OVERHEAD_SECONDS = 10;

/** How long a consumer may take for one command, in seconds: after that, nothing of a claimed command is sent any more. */
export const consumerSeconds = ({ timeoutMs }: Pick<Partner, 'timeoutMs'>): number =>
  Math.ceil(timeoutMs / 1000) + CONSUMER_OVERHEAD_SECONDS;

/** The words of a partner's callbacks. */
export const callbackAnswers = ({ answers, callback }: Partner): Answers =>
  callback?.answers ?? (answers as Answers);

/**
 * Checks and returns the definition.
 * @throws Error that names the fault and the remedy
 */
export function definePartner(partner: Partner): Partner {
  if (typeof HOLDFAST_CHECKED === 'undefined') checkPartner(partner);
  return partner;
}

function checkPartner(partner: Partner): void {
  const fail = (fault: string) => {
    throw new Error(`partner '${partner.name}': ${fault}`);
  };
  if (!isKebab(partner.name)) fail('its name is not kebab case; rename it and its file');
  checkPublicName(partner, fail);
  const [wrong] = Object.entries(numbersOf(partner)).filter(([, { value, least }]) => !(value >= least));
  if (wrong !== undefined)
    fail(`${wrong[0]} is ${wrong[1].value}; give a number of at least ${wrong[1].least}`);
  if (partner.concurrency < 2)
    fail(`concurrency is ${partner.concurrency}; SQS limits a consumer to 2 at least`);
  if (partner.timeoutMs > 600_000)
    fail(`timeoutMs is ${partner.timeoutMs}; a Lambda ends after 15 minutes, give 600000 at most`);
  const ownSeconds = consumerSeconds(partner);
  if (partner.settleSeconds < ownSeconds)
    fail(
      `settleSeconds is ${partner.settleSeconds}, and a command that was taken on may still be sent for ${ownSeconds} s (timeoutMs ${partner.timeoutMs} and ${CONSUMER_OVERHEAD_SECONDS} s of its consumer), so that 'not found' would be believed too early; give ${ownSeconds} at least`,
    );
  const tables = tablesOf(partner.answers);
  if (tables.length === 0) fail('answers has no table; declare the words of the partner');
  for (const table of [...tables, ...(partner.callback?.answers ? [partner.callback.answers] : [])]) {
    const fault = faultOfAnswers(table);
    if (fault !== undefined) fail(fault);
  }
  checkCallback(partner, fail);
  if (partner.verify !== undefined && partner.callback === undefined)
    fail('verifies callbacks it cannot read; add callback, or leave verify out');
  if (partner.query === undefined && partner.idempotent !== true) {
    fail('can neither be asked nor be sent a command twice; add query, or say idempotent: true');
  }
}

/** Every number of a definition, and the least that it may be: no comparison holds for NaN, so that it would pass each. */
function numbersOf({ callbackSeconds = 0, retry, breaker, ...partner }: Partner) {
  const of = (value: number, least: number) => ({ value, least });
  return {
    concurrency: of(partner.concurrency, 0),
    ratePerSecond: of(partner.ratePerSecond, 1),
    timeoutMs: of(partner.timeoutMs, 1),
    settleSeconds: of(partner.settleSeconds, 0),
    idempotencyWindowSeconds: of(partner.idempotencyWindowSeconds, 0),
    callbackSeconds: of(callbackSeconds, 0),
    'retry.maxAttempts': of(retry.maxAttempts, 1),
    'retry.baseMs': of(retry.baseMs, 0),
    'retry.capMs': of(retry.capMs, 0),
    'breaker.failures': of(breaker.failures, 1),
    'breaker.openSeconds': of(breaker.openSeconds, 0),
  };
}

function checkPublicName({ publicName }: Partner, fail: (fault: string) => void): void {
  if (publicName !== undefined && !/^\S(.{0,58}\S)?$/u.test(publicName))
    fail(
      `its publicName is ${JSON.stringify(publicName)}; write 1 to 60 characters on one line, with no space at either end`,
    );
}

function checkCallback({ answers, callback, callbackSeconds }: Partner, fail: (fault: string) => void): void {
  if (callbackSeconds !== undefined && callback === undefined)
    fail('waits for callbacks it cannot read; add callback');
  if (callback === undefined) return;
  if (typeof callback.reference !== 'string' || callback.reference === '')
    fail("callback has no reference; name the member of its body that holds ours, such as 'reference'");
  if (callback.answers === undefined && !Array.isArray(answers.at))
    fail('answers has a table for each command, and a callback names none; give callback.answers');
}
