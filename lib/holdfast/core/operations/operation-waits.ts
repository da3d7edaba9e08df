import type { Partner } from '../partners/define-partner.ts';
import type { Command, Progress, WaitingReason } from './operation-progress.ts';

/** Each wait is at least a tenth of the time that it has taken so far: often at first, and some 130 times in two days. */
const GROWTH = 0.1;

/** So long before the deadline it is tried for the last time, however much waits have grown. */
const LAST_TRY_MS = 60_000;

/**
 * So many waits are taken by one execution, of at most 40 events each (test/holdfast/core/operation-waits.test.ts counts them): an
 * execution ends at 25,000.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
 */
const TURNS = 400;

/** A consumer's own time beside its partner's, in milliseconds: what was claimed is sent by then, or never. */
const CONSUMER_MS = 10_000;

/** A wait of the current command. */
interface Wait {
  readonly reason: WaitingReason;
  /** Epoch milliseconds before which nothing shall happen, whatever else holds. */
  readonly at: number;
  /** Epoch milliseconds since when it has waited in this way: what waits grow by. */
  readonly from: number;
}

/**
 * The current command waits: every wait of every kind is made here, so that each of them grows, and none outlives what
 * one execution can hold: then another carries on.
 * @param changes of the command besides
 */
export function waits(
  progress: Progress,
  { reason, at, from }: Wait,
  now: number,
  changes: Partial<Command> = {},
): Progress {
  const { command, deadline, epoch, turns = 0 } = progress;
  const grown = Math.min(now + (now - from) * GROWTH, deadline - LAST_TRY_MS);
  const since = command.waiting?.reason === reason ? command.waiting.since : now;
  return {
    ...progress,
    ...(turns < TURNS ? { turns: turns + 1 } : { turns: 0, epoch: epoch + 1 }),
    command: {
      ...command,
      ...changes,
      notBefore: Math.ceil(Math.max(at, grown)),
      waiting: { reason, since },
    },
  };
}

/** Whether the partner still knows the command's reference at a time, so that sending it again is doing it once. */
export const knowsReference = (
  { timeoutMs, idempotencyWindowSeconds }: Partner,
  { firstSentAt }: Command,
  at: number,
): boolean =>
  firstSentAt === 0 || at + timeoutMs + CONSUMER_MS <= firstSentAt + idempotencyWindowSeconds * 1000;
