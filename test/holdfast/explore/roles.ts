import { standardWebhooks } from '../../../lib/holdfast/core/partners/verification.ts';
import { signCallback } from '../../../lib/holdfast/local/partners/sign-callback.ts';
import { BEGIN_MS, isAnswered, requested } from '../../../lib/holdfast/testing/explore/http.ts';
import type { Actor, Ended } from '../../../lib/holdfast/testing/explore/scenario.ts';
import type { Stand } from '../../../lib/holdfast/testing/explore/stand.ts';
import { consumerOf, delivery, invocation, type Message, returned } from './drive.ts';
import { SECRET } from './partners.ts';

/** An operation that waits for its first or its second partner. */
export interface Ready {
  readonly stand: Stand;
  /** Partition keys. */
  readonly operation: string;
  readonly payout: string;
  readonly id: string;
  readonly message: Message;
}

/** Seconds after the beginning at which actors act, and between two sendings: longer than a function has. */
const [FROM_SECONDS, APART_SECONDS] = [1_500, 100];

const at = (sending: number) => FROM_SECONDS + APART_SECONDS * sending;

export type Maker = (name: string, ready: Ready) => Actor;

/** The message, as its queue hands it over, and again until it is handled. */
export const delivered: Maker = (name, { stand, message }) => ({
  name,
  function: stand.function(consumerOf(message.step)),
  order: (sending, round) => delivery(`${name}.${sending}`, message, at(round)),
  isSettled: (ended: Ended) => !('threw' in ended) && returned(ended).batchItemFailures.length === 0,
  patient: true,
});

/** A person who cancels the operation. */
export const cancels: Maker = (name, { stand, id }) => ({
  name,
  function: stand.function('operations-cancel'),
  order: (sending) =>
    requested(
      `${name}.${sending}`,
      {
        by: { subject: 'bob', tenant: 'acme' },
        scopes: 'operations:*',
        parameters: { operationId: id },
        headers: { 'Idempotency-Key': 'cancel' },
      },
      BEGIN_MS + at(sending) * 1000,
    ),
  isSettled: isAnswered,
});

/** Screening calls back with a verdict. */
export const callsBack =
  (verdict: 'clear' | 'hit'): Maker =>
  (name, { stand, payout }) => ({
    name,
    function: stand.function('callback'),
    order: (sending) => {
      const body = JSON.stringify({ caseReference: `${payout.split('#').at(-1)}-a1`, verdict });
      const startsAt = BEGIN_MS + at(sending) * 1000;
      const signed = signCallback(standardWebhooks(), {
        secret: SECRET,
        id: name,
        at: new Date(startsAt),
        body,
      });
      return requested(
        `${name}.${sending}`,
        {
          by: { subject: 'screening', tenant: '' },
          scopes: '',
          parameters: { partner: 'screening' },
          headers: signed,
          body,
        },
        startsAt,
      );
    },
    isSettled: isAnswered,
  });

/** The sweep, long after the operation was due. */
export const sweeps: Maker = (name, { stand }) => ({
  name,
  function: stand.function('sweep'),
  order: (sending) => invocation(`${name}.${sending}`, {}, at(sending) + 10_000),
  isSettled: () => true,
});

/** The execution asks what there is to do. */
export const operates: Maker = (name, { stand, operation }) => ({
  name,
  function: stand.function('operate'),
  order: (sending) =>
    invocation(`${name}.${sending}`, { operation, epoch: 1, last: { type: 'none' } }, at(sending)),
  isSettled: (ended) => !('threw' in ended),
});
