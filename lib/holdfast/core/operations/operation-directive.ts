import type { Operation } from '../definitions/define-operation.ts';
import { type CommandRef, isOpen, type Progress, stepOf } from './operation-progress.ts';

/** What the state machine does next. */
export type Directive =
  /** Hands the command to the partner's queue, and waits so long for what becomes of it. */
  | ({ readonly do: 'send'; readonly mode: 'send' | 'query'; readonly timeoutSeconds: number } & CommandRef)
  /** Waits, unless it is woken. */
  | ({ readonly do: 'wait'; readonly timeoutSeconds: number } & CommandRef)
  /** Nothing is left to do for this execution. */
  | { readonly do: 'end' };

/** Time for a command to be taken from its queue: backlog, redelivery after a crash, and the call itself. */
const QUEUE_SECONDS = 900;

/** What there is to do now for an operation: a function of its progress alone, so that it can be asked for again. */
export function directive(operation: Operation, progress: Progress, now: number): Directive {
  if (!isOpen(progress)) return { do: 'end' };
  const { step, undo, attempt, status, notBefore } = progress.command;
  const ref = { step, undo, attempt };
  if (notBefore > now) return { do: 'wait', timeoutSeconds: Math.ceil((notBefore - now) / 1000), ...ref };
  const { partner } = stepOf(operation, step);
  const timeoutSeconds = Math.ceil(partner.timeoutMs / 1000) + QUEUE_SECONDS;
  return { do: 'send', mode: status === 'to-send' ? 'send' : 'query', timeoutSeconds, ...ref };
}
