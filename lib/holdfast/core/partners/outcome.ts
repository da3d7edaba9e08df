import * as z from 'zod';

/** What became of a command that a partner was given; all that the rest of the service knows of a partner's answer. */
export type Outcome =
  /** Done. `result` is kept on the operation. */
  | { readonly kind: 'succeeded'; readonly result?: Result }
  /** Taken on; a callback will tell, or a query after so many seconds. */
  | { readonly kind: 'pending'; readonly pollAfterSeconds?: number }
  /** Refused for good, for a reason in our own words. */
  | { readonly kind: 'rejected'; readonly reason: string }
  /** Not done, and safe to send again later. */
  | { readonly kind: 'unavailable'; readonly retryAfterSeconds?: number }
  /** May be done, or not: the partner has to be asked. `undeclared`: it did answer, by what its adapter does not declare. */
  | { readonly kind: 'unknown'; readonly undeclared?: true }
  /** Answer of a query alone: the partner did not know the reference when it was asked, in epoch milliseconds. @default by now */
  | { readonly kind: 'not-found'; readonly askedAt?: number };

/** Whether an outcome tells what became of a command for good; only such a one is kept as the first. */
export const isFinalOutcome = (
  outcome: Outcome,
): outcome is Outcome & { readonly kind: 'succeeded' | 'rejected' } =>
  outcome.kind === 'succeeded' || outcome.kind === 'rejected';

/** An outcome in the words of the history. */
export const toldBy = (outcome: Outcome): string => {
  if (outcome.kind === 'rejected') return `rejected: ${outcome.reason}`;
  return outcome.kind === 'unknown' && outcome.undeclared ? UNDECLARED : outcome.kind;
};

/** What the history calls an answer by what the partner's adapter does not declare. */
export const UNDECLARED = 'undeclared';

/** What a partner told of a command that it has done, shown on the operation as it is. */
export type Result = Readonly<Record<string, string>>;

/** Of a result as JSON, in bytes of UTF-8: it is stored on the operation, and a step may not crowd out the others. */
const MAX_RESULT_BYTES = 4 * 1024;

/** Of one value, in UTF-16 code units: an identifier or a sentence, never a document. */
const MAX_VALUE_LENGTH = 1024;

const RESULT_NAME = /^[A-Za-z][A-Za-z0-9_-]{0,63}$/;

/** Characters that show as nothing, or that change how others are shown: controls, formats, surrogates, separators. */
const UNSHOWABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

/**
 * A result as it may be kept and shown: text by name, within bounds. Members that are undefined are left out.
 * @returns undefined for anything else, so that the success itself stands without it
 */
export function usableResult(value: unknown): Result | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  const usable = members.every(
    ([name, member]) =>
      RESULT_NAME.test(name) &&
      typeof member === 'string' &&
      member.length <= MAX_VALUE_LENGTH &&
      !UNSHOWABLE.test(member),
  );
  if (!usable || members.length === 0) return undefined;
  const result = Object.fromEntries(members) as Result;
  return Buffer.byteLength(JSON.stringify(result)) <= MAX_RESULT_BYTES ? result : undefined;
}

const seconds = z.number().min(0).optional().catch(undefined);

const outcome = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('succeeded'), result: z.unknown().optional().transform(usableResult) }),
  z.object({ kind: z.literal('pending'), pollAfterSeconds: seconds }),
  z.object({ kind: z.literal('rejected'), reason: z.string().min(1) }),
  z.object({ kind: z.literal('unavailable'), retryAfterSeconds: seconds }),
  z.object({ kind: z.literal('unknown'), undeclared: z.literal(true).optional().catch(undefined) }),
  z.object({ kind: z.literal('not-found'), askedAt: z.number().optional().catch(undefined) }),
]);

/**
 * An outcome that has crossed a boundary: from an adapter, from storage, or from another release. What is none is
 * `unknown`, so that the partner is asked; a success whose result cannot be used is a success without one.
 */
export function checkedOutcome(value: unknown): Outcome {
  const { success, data } = outcome.safeParse(value);
  if (!success) return { kind: 'unknown' };
  return Object.fromEntries(Object.entries(data).filter(([, member]) => member !== undefined)) as Outcome;
}
