import type { Operation } from '../../core/definitions/define-operation.ts';
import type { Happening } from '../../core/operations/operation-capability.ts';
import { attention, backward } from '../../core/operations/operation-course.ts';
import {
  isFinal,
  isOpen,
  newCommand,
  type Progress,
  type Recalls,
  type Resolution,
  stepOf,
} from '../../core/operations/operation-progress.ts';
import { waits } from '../../core/operations/operation-waits.ts';
import { isFinalOutcome } from '../../core/partners/outcome.ts';
import { keptAs, type Schemas, withResult } from './kept-results.ts';

/** An operation that asks for the result of a step that is done. */
type Recalling = Progress & { readonly recalls: Recalls };

/** Whether it asks: another release, which knows nothing of it, may have led the operation on. */
export const isRecalling = (progress: Progress): progress is Recalling => {
  const { command, recalls } = progress;
  return recalls !== undefined && !command.undo && isSame(recalls.by, command);
};

const isSame = (one: Recalls['by'], other: Recalls['by']) =>
  one.step === other.step && one.attempt === other.attempt;

/** Least time between two questions. */
const ASK_AFTER_MS = 2_000;

/**
 * A step that is done is asked for its result, which something needs: its partner is asked about the same reference, and
 * nothing is sent. Where that cannot be, or where the partner has told what is of no use, a person is needed.
 * @param needing what needs it, and goes on as it stands once it has come
 */
export function recalling(
  operation: Operation,
  progress: Progress,
  step: string,
  needing: Omit<Recalls, 'by'>,
  now: number,
): Progress {
  const { query, callback } = stepOf(operation, step).partner;
  const attempts = (progress.settled ?? []).filter((each) => each.step === step && !each.undo);
  const attempt = 1 + Math.max(1, ...attempts.map((each) => each.attempt));
  const asking: Recalling = {
    ...progress,
    state: isCancelled(progress) ? 'cancelling' : 'running',
    command: { ...newCommand(step, false), attempt, status: 'sent', firstSentAt: now, sentAt: now },
    recalls: { ...needing, by: { step, attempt } },
  };
  // What has called back may have told it: that is kept, and looked at first.
  const canTell = query !== undefined || callback !== undefined;
  const isAsked = canTell && progress.done.includes(step) && progress.results?.[step] !== null;
  return isAsked ? asking : attention(asking, missing(operation, asking));
}

const isCancelled = ({ state, ending }: Progress) => state === 'cancelling' || ending === 'cancelled';

function missing(operation: Operation, { command, recalls, done }: Recalling): string {
  const { step } = command;
  const { partner } = stepOf(operation, step);
  const named = `'${recalls.command.step}'`;
  const who = recalls.end
    ? `the end of ${operation.name}`
    : recalls.command.undo
      ? `taking back ${named}`
      : named;
  const what = done.includes(step) ? `'${step}' was done by ${partner.name}` : `'${step}' was not sent`;
  return `${what}, and its result, which ${who} needs, is not known; resolve as succeeded with that result, or as failed once it is taken back by hand`;
}

/** What needed the result goes on as it stood; a cancel that came meanwhile is heeded. */
function resumed(operation: Operation, { recalls, ...rest }: Recalling): Progress {
  const { command, end } = recalls;
  if (!end) return { ...rest, command, state: isCancelled(rest) ? 'cancelling' : 'running' };
  if (isCancelled(rest)) return backward(operation, { ...rest, command }, 'cancelled');
  return { ...rest, command, state: 'succeeded' };
}

/** Whether what needs the result has not been sent, and need not be: nothing goes forward once it is cancelled. */
const isNeedless = ({ recalls: { command, end } }: Recalling): boolean =>
  end === true || (!command.undo && command.status === 'to-send');

/** What happens to an operation that asks for a result. */
export function recalled(
  schemas: Schemas,
  happening: Asked,
  plain: (progress: Progress) => Progress,
): Progress {
  const { operation, progress, event } = happening;
  if (event.type === 'proceed') return plain(proceeded(happening));
  if (event.type !== 'report' && !isOwn(happening)) return event.type === 'lost' ? plain(progress) : progress;
  switch (event.type) {
    case 'lacking':
      return isOpen(progress)
        ? recalling(operation, progress, event.of, progress.recalls, happening.now)
        : progress;
    case 'timeout':
      return timeout(happening, plain);
    case 'report':
      if (isFinal(progress.state) || progress.resolution !== undefined) return progress;
      return isOwn(happening) ? told(schemas, happening) : late(happening, plain);
    default:
      return plain(progress);
  }
}

/** What happens to an operation that asks for a result. */
type Asked = Happening & { readonly progress: Recalling };

/** Whether it is about the step that is asked for its result. */
const isOwn = ({ event, progress: { command } }: Asked): boolean =>
  'step' in event && event.step === command.step && !event.undo;

function proceeded({ operation, progress, now }: Asked): Progress {
  const { resolution } = progress;
  const standing = resolution === undefined ? progress : found(operation, { ...progress, resolution }, now);
  return isRecalling(standing) && standing.state === 'cancelling' && isNeedless(standing)
    ? resumed(operation, standing)
    : standing;
}

function timeout({ operation, progress, event, now }: Asked, plain: (progress: Progress) => Progress) {
  const { command } = progress;
  const isCurrent = 'attempt' in event && event.attempt === command.attempt;
  if (!isCurrent || !isOpen(progress)) return progress;
  return command.notBefore > now ? plain(progress) : again(operation, progress, now);
}

/** Its partner has answered. The first success stands, whatever it says now. */
function told(schemas: Schemas, { operation, progress, event, now }: Asked): Progress {
  const { command, results } = progress;
  const schema = schemas[command.step];
  if (event.type !== 'report' || schema === undefined) return progress;
  const { outcome, attempt } = event;
  if (outcome.kind === 'succeeded') {
    const result = keptAs(schema, outcome.result, results);
    const known = withResult(progress, command.step, result);
    if (result !== null) return resumed(operation, { ...known, recalls: progress.recalls });
  }
  if (attempt !== command.attempt || !isOpen(progress)) return progress;
  const { query } = stepOf(operation, command.step).partner;
  return isFinalOutcome(outcome) || outcome.kind === 'not-found' || query === undefined
    ? attention(withResult(progress, command.step, null), missing(operation, progress))
    : again(operation, progress, now);
}

/** It is asked once more, as long as there is time. */
function again(operation: Operation, progress: Recalling, now: number): Progress {
  const { command, deadline } = progress;
  if (now > deadline) return attention(progress, missing(operation, progress));
  const wait = { reason: 'unknown', at: now + ASK_AFTER_MS, from: command.sentAt } as const;
  return waits(progress, wait, now, { callbackUntil: 0 });
}

/** What is told for good of the command that waits is taken in: it was sent before the result was missed. */
function late({ operation, progress, event }: Asked, plain: (progress: Progress) => Progress): Progress {
  const isLast = event.type === 'report' && isFinalOutcome(event.outcome);
  if (!isLast || progress.recalls.end) return progress;
  const standing = resumed(operation, progress);
  const taken = plain(standing);
  return taken === standing ? progress : taken;
}

/** A person has found out, and what they told of the result is kept already. */
function found(
  operation: Operation,
  progress: Recalling & { readonly resolution: Resolution },
  now: number,
): Progress {
  const { resolution, reason: _, ...rest } = progress;
  const { by, ...needing } = rest.recalls;
  if (resolution === 'failed') return undone(operation, rest);
  const { [by.step]: known, ...results } = rest.results ?? {};
  // What somebody has told since is not asked for once more.
  if (resolution === 'succeeded' || (known ?? null) !== null) return resumed(operation, rest);
  const anew = { ...rest, results, deadline: now + operation.deadlineSeconds * 1000 };
  return recalling(operation, anew, by.step, needing, now);
}

/** The step was taken back by hand: those before it are as well, once it is known what became of one that was sent. */
function undone(operation: Operation, { recalls, ...rest }: Recalling): Progress {
  const { by, command } = recalls;
  const reason = `'${by.step}' was taken back by hand, since its result was not known`;
  const gone = { ...rest, command, reason, done: rest.done.filter((step) => step !== by.step) };
  const isOpenStill = !recalls.end && !command.undo && (command.status === 'sent' || command.inDoubt);
  return isOpenStill
    ? attention(
        gone,
        `'${by.step}' was taken back by hand, and '${command.step}' was sent: find out whether it was done`,
      )
    : backward(operation, gone, rest.ending ?? 'failed');
}
