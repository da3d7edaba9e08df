import type { Resolution } from '../../../lib/holdfast/core/operations/operation-progress.ts';
import { standardWebhooks } from '../../../lib/holdfast/core/partners/verification.ts';
import { signCallback } from '../../../lib/holdfast/local/partners/sign-callback.ts';
import { BEGIN_MS, isAnswered, requested } from '../../../lib/holdfast/testing/explore/http.ts';
import type { Actor, Ended } from '../../../lib/holdfast/testing/explore/scenario.ts';
import type { Stand } from '../../../lib/holdfast/testing/explore/stand.ts';
import type { Item } from '../../../lib/holdfast/testing/explore/store/expression.ts';
import { itemIn } from '../../../lib/holdfast/testing/explore/store/table.ts';
import type { World } from '../../../lib/holdfast/testing/explore/store/world.ts';
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
  /** The operation, as it was accepted: what the stream of its table tells. */
  readonly accepted: Item;
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

/** Where the command of an operation is. */
function commandIn(world: World, operation: string) {
  const { attempt, status } =
    itemIn(world, `RecordsTable/${operation}`)?.hidden?.M?.machine?.M?.command?.M ?? {};
  return { attempt: Number(attempt?.N), status: status?.S };
}

/** The message by which the execution has the partner asked, from when the command may have been sent. */
export const asks: Maker = (name, ready) => ({
  ...delivered(name, { ...ready, message: { ...ready.message, mode: 'query', token: 'token-q' } }),
  mayBegin: (world) => {
    const { attempt, status } = commandIn(world, ready.operation);
    return attempt === ready.message.attempt && status === 'sent';
  },
});

/** The message by which the execution has the command sent again, once it is to be. */
export const sendsAgain: Maker = (name, ready) => {
  const attempt = ready.message.attempt + 1;
  return {
    ...delivered(name, { ...ready, message: { ...ready.message, attempt, token: 'token-n' } }),
    mayBegin: (world) => commandIn(world, ready.operation).attempt === attempt,
  };
};

/** The dispatcher is handed the stream's record of an operation that was accepted, and again until it is done with it. */
export const dispatches: Maker = (name, { stand, accepted }) => ({
  name,
  function: stand.function('dispatcher'),
  order: (sending) => {
    const dynamodb = { SequenceNumber: '1', NewImage: accepted };
    return invocation(`${name}.${sending}`, { Records: [{ eventName: 'INSERT', dynamodb }] }, at(sending));
  },
  isSettled: (ended: Ended) => !('threw' in ended) && returned(ended).batchItemFailures.length === 0,
});

/** What a person asks of the operation. */
const person =
  (action: 'cancel' | 'resolve', by: string, input: object): Maker =>
  (name, { stand, id }) => ({
    name,
    function: stand.function(`operations-${action}`),
    order: (sending) =>
      requested(
        `${name}.${sending}`,
        {
          by: { subject: by, tenant: 'acme' },
          scopes: 'operations:*',
          parameters: { operationId: id },
          headers: { 'Idempotency-Key': `${action}-${by}` },
          body: JSON.stringify(input),
        },
        BEGIN_MS + at(sending) * 1000,
      ),
    isSettled: isAnswered,
  });

/** A person who cancels the operation. */
export const cancels: Maker = person('cancel', 'bob', {});

/** A person who says what became of an operation that needs attention. */
export const resolves = (outcome: Resolution, by: string): Maker =>
  person('resolve', by, { outcome, evidence: outcome });

/** The same, once the operation asks for a person. */
export const sees: Maker = (name, ready) => ({
  ...resolves('retry', name)(name, ready),
  mayBegin: (world) => itemIn(world, `RecordsTable/${ready.operation}`)?.state?.S === 'needs-attention',
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

/** The execution begins to wait, and has its token kept. */
export const parks: Maker = (name, { stand, operation }) => ({
  name,
  function: stand.function('operate'),
  order: (sending) => invocation(`${name}.${sending}`, { operation, epoch: 1, token: 'used' }, at(sending)),
  isSettled: (ended) => !('threw' in ended),
});

/** The execution asks what there is to do. */
export const operates: Maker = (name, { stand, operation }) => ({
  name,
  function: stand.function('operate'),
  order: (sending) =>
    invocation(`${name}.${sending}`, { operation, epoch: 1, last: { type: 'none' } }, at(sending)),
  isSettled: (ended) => !('threw' in ended),
});
