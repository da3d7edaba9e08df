import { standardWebhooks } from '../../../lib/holdfast/core/partners/verification.ts';
import { signCallback } from '../../../lib/holdfast/local/partners/sign-callback.ts';
import { answerIn, BEGIN_MS, isAnswered, requested } from '../../../lib/holdfast/testing/explore/http.ts';
import type { Actor, Ended, Outcome } from '../../../lib/holdfast/testing/explore/search.ts';
import type { Stand } from '../../../lib/holdfast/testing/explore/stand.ts';
import { imagesOf, itemIn } from '../../../lib/holdfast/testing/explore/store/table.ts';
import { consumerOf, delivery, Execution, invocation, type Message, returned } from './drive.ts';
import { everything, ledgerOf, SECRET } from './partners.ts';
import { begin, type Plan } from './scenarios.ts';

/** An operation that waits for its first or its second partner. */
interface Ready {
  readonly stand: Stand;
  /** Partition keys. */
  readonly operation: string;
  readonly payout: string;
  readonly id: string;
  readonly message: Message;
}

/** Turns that it takes to the second partner; whatever acts then is later. */
const TURNS = 10;

/** Turns after which all who act have done so: the sweep comes last. */
const LATER_TURNS = 100;

/** Seconds after the beginning at which actors act, and between two sendings: longer than a function has. */
const [FROM_SECONDS, APART_SECONDS] = [1_500, 100];

const at = (sending: number) => FROM_SECONDS + APART_SECONDS * sending;

type Maker = (name: string, ready: Ready) => Actor;

/** The message, as its queue hands it over, and again until it is handled. */
const delivered: Maker = (name, { stand, message }) => ({
  name,
  function: stand.function(consumerOf(message.step)),
  order: (sending, round) => delivery(`${name}.${sending}`, message, at(round)),
  isSettled: (ended: Ended) => !('threw' in ended) && returned(ended).batchItemFailures.length === 0,
  patient: true,
});

/** The message of an execution that asks what became of the command. */
const asked: Maker = (name, ready) =>
  delivered(name, { ...ready, message: { ...ready.message, mode: 'query' } });

/** A person who cancels the operation. */
const cancels: Maker = (name, { stand, id }) => ({
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
const callsBack =
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
const sweeps: Maker = (name, { stand }) => ({
  name,
  function: stand.function('sweep'),
  order: (sending) => invocation(`${name}.${sending}`, {}, at(sending) + 10_000),
  isSettled: () => true,
});

/** The execution asks what there is to do. */
const operates: Maker = (name, { stand, operation }) => ({
  name,
  function: stand.function('operate'),
  order: (sending) =>
    invocation(`${name}.${sending}`, { operation, epoch: 1, last: { type: 'none' } }, at(sending)),
  isSettled: (ended) => !('threw' in ended),
});

/** The execution begins to wait, and has its token kept. */
const parks: Maker = (name, { stand, operation }) => ({
  name,
  function: stand.function('operate'),
  order: (sending) => invocation(`${name}.${sending}`, { operation, epoch: 1, token: 'used' }, at(sending)),
  isSettled: (ended) => !('threw' in ended),
});

/** Where an operation is: it was accepted, a partner is to be called, or screening was, and is to tell its verdict. */
type Stage = 'accepted' | 'screen' | 'verdict' | 'transfer';

/** Brings an operation there. */
async function ready(stand: Stand, stage: Stage) {
  const step = stage === 'transfer' ? stage : 'screen';
  const prelude = await begin(stand, 'approved');
  const { text } = await prelude.act({
    by: 'alice',
    action: 'disburse',
    key: 'd',
    id: prelude.id,
    ifMatch: prelude.etag,
  });
  const { id } = JSON.parse(text);
  const operation = `operations#acme#${id}`;
  const execution = new Execution(stand, operation, prelude.world, 1);
  for (let turn = 0; turn < TURNS; turn++) {
    const { world } = execution;
    const message = await execution.next();
    if (message === 'end') break;
    if (message === 'wait') continue;
    const isThere = message.step === step;
    if (!isThere || stage === 'verdict') await execution.deliver(message);
    const payout = `payouts#acme#${prelude.id}`;
    if (isThere)
      return {
        world: stage === 'accepted' ? world : execution.world,
        ready: { stand, operation, payout, id, message },
      };
  }
  throw new Error(`the operation does not come to '${stage}'`);
}

/** What an operation, its payout and its partners must agree on, when all has been carried to its end. */
async function judged({ stand, operation, payout }: Ready, outcome: Outcome): Promise<string | undefined> {
  const execution = new Execution(stand, operation, outcome.world, LATER_TURNS);
  if (!(await execution.toEnd())) return 'the operation comes to no end';
  const { world } = execution;
  const item = itemIn(world, `RecordsTable/${operation}`);
  const [state, reason] = [item?.state?.S ?? '', item?.data?.M?.problem?.M?.detail?.S];
  const moved = itemIn(world, `RecordsTable/${payout}`)?.state?.S;
  const ledger = ledgerOf(world);
  const told = `the operation has ${state}${reason === undefined ? '' : ` (${reason})`}, the payout is ${moved}, and partners have ${JSON.stringify([...ledger])}`;
  const expected = { succeeded: 'paid', failed: 'returned', cancelled: 'approved' }[state];
  if (expected === undefined) return `it is not ended: ${told}`;
  const isPaid = [...ledger].some(([name]) => name.startsWith('bank/'));
  const twice = [...ledger].filter(([, { asked }]) => asked > 1).map(([name]) => name);
  const events = imagesOf(world, `RecordsTable/${payout}`).map(({ last, version }) => ({ last, version }));
  const ends = events.filter(({ last }) => last?.M?.actor?.S === 'system:operation');
  const answered = outcome.clients.filter(
    ({ actor }) => actor.function === stand.function('operations-cancel'),
  );
  const cancelled = answered.map(({ sendings }) => answerIn(sendings.at(-1)?.moment.ended)?.status);
  const reference = `references#screening#${payout.split('#').at(-1)}-a1`;
  const verdict = itemIn(world, `RecordsTable/${reference}`)?.outcome?.M?.kind?.S;
  const contradicted = { succeeded: 'rejected', failed: 'succeeded' }[state];
  const wrong = [
    ...(verdict !== undefined && verdict === contradicted ? [`the verdict that is kept is ${verdict}`] : []),
    ...(moved === expected ? [] : ['the operation and its payout have come to two ends']),
    ...(isPaid === (state === 'succeeded')
      ? []
      : ['money has left and the operation did not succeed, or the other way']),
    ...(twice.length === 0 ? [] : [`${twice.join(', ')} was asked for twice`]),
    ...(ends.length === 1 ? [] : [`the payout has ${ends.length} ends in its history`]),
    ...(events.every(({ version }, i) => version?.N === `${i + 1}`) ? [] : ['its history misses a version']),
    ...cancelled.flatMap((status) =>
      (status === 202) === (state === 'cancelled') ? [] : [`a cancel was answered ${status}`],
    ),
  ];
  return wrong.length === 0 ? undefined : `${wrong.join('; ')}: ${told}`;
}

const FUNCTIONS = [
  ...['create', 'submit', 'approve', 'disburse'].map((action) => `payouts-${action}`),
  ...['operate', 'partner-bank', 'partner-screening', 'operations-cancel', 'callback', 'sweep'],
];

function operation(
  name: string,
  about: string,
  faults: number,
  stage: Stage,
  who: Readonly<Record<string, Maker>>,
): Plan {
  return {
    name,
    about,
    faults,
    functions: FUNCTIONS,
    async set(stand) {
      const { world, ready: prepared } = await ready(stand, stage);
      const actors = Object.entries(who).map(([actor, make]) => make(actor, prepared));
      const judge = (outcome: Outcome) => judged(prepared, outcome);
      return { scenario: { name, world, actors, judge }, surroundings: everything };
    },
  };
}

/** What is explored of operations, the smallest first. */
export const OPERATIONS: readonly Plan[] = [
  operation('claim', 'one command, delivered twice', 0, 'transfer', { first: delivered, second: delivered }),
  operation('claim-cancel', 'a command on its way, and a cancel', 1, 'transfer', {
    queue: delivered,
    bob: cancels,
  }),
  operation('claims-cancel', 'one command, delivered twice, and a cancel', 0, 'transfer', {
    first: delivered,
    second: delivered,
    bob: cancels,
  }),
  operation('cancels', 'one cancel, sent twice, while the execution asks what to do', 1, 'transfer', {
    bob: cancels,
    again: cancels,
    execution: operates,
  }),
  operation('screen-cancel', 'a command that can be taken back, and a cancel', 1, 'screen', {
    queue: delivered,
    bob: cancels,
  }),
  operation('start-cancel', 'the first step of an execution, and a cancel', 1, 'accepted', {
    execution: operates,
    bob: cancels,
  }),
  operation('wait-cancel', 'an execution that begins to wait, and a cancel', 1, 'verdict', {
    execution: parks,
    bob: cancels,
  }),
  operation('ask-cancel', 'a partner that is asked, and a cancel', 1, 'verdict', {
    queue: asked,
    bob: cancels,
  }),
  operation('callback-cancel', 'a callback, and a cancel', 1, 'verdict', {
    screening: callsBack('clear'),
    bob: cancels,
  }),
  operation('callback', 'a command on its way, and its callback before its answer', 1, 'screen', {
    queue: delivered,
    screening: callsBack('clear'),
  }),
  operation('verdicts', 'two callbacks that contradict each other', 1, 'verdict', {
    clear: callsBack('clear'),
    hit: callsBack('hit'),
  }),
  operation('late', 'a command on its way, and a callback of the one before it', 1, 'transfer', {
    queue: delivered,
    screening: callsBack('clear'),
  }),
  operation('sweep', 'a command on its way, and the sweep that takes it for lost', 1, 'transfer', {
    queue: delivered,
    sweep: sweeps,
  }),
];
