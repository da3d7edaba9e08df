import { randomUUID } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import type { Directive } from '../../../lib/holdfast/core/operations/operation-directive.ts';
import type { CommandRef } from '../../../lib/holdfast/core/operations/operation-progress.ts';
import { madeUpCallbackSecret } from '../../../lib/holdfast/local/partners/made-up-secrets.ts';
import type { Plane } from './plane.ts';

/** Signs the callbacks of the simulated screening. */
export const SCREENING_SECRET = madeUpCallbackSecret('screening');

/** An operation without faults takes about ten. */
const MOST_ROUNDS = 100;

const NOTHING: object = { type: 'none' };

type Send = Extract<Directive, { do: 'send' }>;

/** What a partner's queue holds for a command. */
export interface Message extends CommandRef {
  readonly operation: string;
  readonly epoch: number;
  readonly mode: 'send' | 'query';
  readonly token: string;
}

/** The message that the state machine makes of a directive. */
const messageOf = (operation: string, epoch: number, { step, undo, attempt, mode }: Send): Message => ({
  operation,
  epoch,
  step,
  undo,
  attempt,
  mode,
  token: randomUUID(),
});

/** What the state machine, the queues and the partners do with an operation, one at a time. */
export function byHand(plane: Plane) {
  /** Asks what to do next, as the state machine does. */
  const operate = async (operation: string, { last = NOTHING, epoch = 1 } = {}) =>
    (await plane.call('operate', { operation, epoch, last })) as Directive;
  /** The message of the command that is to be sent now. */
  const command = async (operation: string, epoch = 1): Promise<Message> => {
    const directive = await operate(operation, { epoch });
    if (directive.do !== 'send') throw new Error(`nothing is to be sent: ${JSON.stringify(directive)}`);
    return messageOf(operation, epoch, directive);
  };
  /** Hands a message to its consumer, as its queue does. */
  const deliver = (message: Message, leftMs?: number) => {
    const Records = [{ messageId: 'm-1', body: JSON.stringify(message) }];
    return plane.call(message.step === 'screen' ? 'partner-screening' : 'partner-bank', { Records }, leftMs);
  };
  /** Calls back, as screening does. */
  const callBack = (reference: string, { verdict = 'clear', secret = SCREENING_SECRET } = {}) => {
    const body = JSON.stringify({ caseReference: reference, verdict });
    const at = new Date();
    const headers = {
      'webhook-id': randomUUID(),
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    };
    const signature = new Webhook(secret).sign(headers['webhook-id'], at, body);
    return plane.http('callback', {
      parameters: { partner: 'screening' },
      headers: { ...headers, 'webhook-signature': signature },
      body,
    });
  };
  const cancel = (operation: string) =>
    plane.http('operations-cancel', {
      parameters: { operationId: operation.split('#').at(-1) ?? '' },
      headers: { 'Idempotency-Key': randomUUID() },
    });
  /** Carries an operation on to where nothing more happens by itself; time passes as if it were nothing. */
  const carryOn = async (operation: string, payoutId: string, epoch = 1): Promise<void> => {
    let last = NOTHING;
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const directive = await operate(operation, { last, epoch });
      last = NOTHING;
      if (directive.do === 'end') return;
      const { step, undo, attempt } = directive;
      if (directive.do === 'send') await deliver(messageOf(operation, epoch, directive));
      else if (step === 'screen' && !undo) await callBack(`${payoutId}-a1`);
      else last = { type: 'timeout', step, undo, attempt };
    }
    throw new Error(`${operation} does not come to an end`);
  };
  return { operate, command, deliver, callBack, cancel, carryOn };
}
