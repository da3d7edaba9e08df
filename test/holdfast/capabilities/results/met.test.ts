import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Surroundings, tables } from '../../../../lib/holdfast/testing/explore/fates.ts';
import type { Order } from '../../../../lib/holdfast/testing/explore/hosted-function.ts';
import { answerIn, BEGIN_MS, isAnswered, requested } from '../../../../lib/holdfast/testing/explore/http.ts';
import type { Actor, Outcome } from '../../../../lib/holdfast/testing/explore/scenario.ts';
import { explore } from '../../../../lib/holdfast/testing/explore/search.ts';
import type { Stand } from '../../../../lib/holdfast/testing/explore/stand.ts';
import { itemIn } from '../../../../lib/holdfast/testing/explore/store/table.ts';
import type { World } from '../../../../lib/holdfast/testing/explore/store/world.ts';
import { LEDGER, Shipment, standOf } from './warehouse.ts';

// What asks for a missing result meets a cancel, in every order of their calls.

const FUNCTIONS = [
  ...['orders-create', 'orders-ship', 'operations-cancel', 'operate'],
  ...['partner-printer', 'partner-carrier'],
];

let stand: Stand;
beforeAll(async () => {
  stand = await standOf(FUNCTIONS);
});
afterAll(() => stand?.close());

const at = (round: number) => BEGIN_MS + (20_000 + 100 * round) * 1000;

/** A message on its way, handed over again until it is taken. */
function queue(shipment: Shipment, directive: Readonly<Record<string, unknown>>): Actor {
  const { name, event } = shipment.message(directive);
  return {
    name: 'queue',
    function: stand.function(name),
    order: (sending, round): Order => ({
      event: JSON.stringify(event),
      startsAt: at(round),
      seed: `queue.${sending}`,
      timeoutMs: 15_000,
    }),
    isSettled: (ended) => !('threw' in ended) && JSON.parse(ended.returned).batchItemFailures.length === 0,
    patient: true,
  };
}

const bob = ({ operation }: Shipment): Actor => ({
  name: 'bob',
  function: stand.function('operations-cancel'),
  order: (sending) =>
    requested(
      `bob.${sending}`,
      {
        by: { subject: 'bob', tenant: 'acme' },
        scopes: 'operations:*',
        parameters: { operationId: operation },
        headers: { 'Idempotency-Key': 'cancel' },
        body: '{}',
      },
      at(sending),
    ),
  isSettled: isAnswered,
});

const isOfPartners = (what: string) => /^(GET|POST) /.test(what);

const surroundingsOf = (shipment: Shipment): Surroundings => ({
  serve: (world, call) => shipment.serve(world, call),
  touches: (call) =>
    isOfPartners(call.what)
      ? [{ name: LEDGER, writes: call.what.startsWith('POST ') }]
      : tables.touches(call),
  isFree: (call) => call.what.startsWith('AWSStepFunctions.') || tables.isFree(call),
});

/** What an operation, its order and its partners must agree on, when all has been carried to its end. */
async function wrongIn(shipment: Shipment, { world, clients }: Outcome): Promise<string | undefined> {
  const later = shipment.in(world);
  await later.carriedOut();
  const left = (name: string) => itemIn(later.world, `RecordsTable/${name}`)?.state?.S ?? '';
  const [state, order] = [left(later.pk), left(`orders#acme#${shipment.id}`)];
  const sent = Object.fromEntries(
    ['print', 'void', 'collect'].map((command) => [
      command,
      Number(later.world.get(`${LEDGER}${command}`) ?? 0),
    ]),
  );
  const cancel = clients.find(({ actor }) => actor.name === 'bob')?.sendings.at(-1)?.moment.ended;
  const found = JSON.stringify({ state, order, ...sent, cancel: answerIn(cancel)?.status });
  const right = { state: 'cancelled', order: 'placed', print: 1, void: 1, collect: 0, cancel: 202 };
  return found === JSON.stringify(right) ? undefined : `it came to ${found}`;
}

async function explored(name: string, shipment: Shipment, faults: number) {
  const directive = await shipment.next();
  const known = new Map<string, Promise<string | undefined>>();
  return explore(
    {
      name,
      world: shipment.world,
      actors: [queue(shipment, directive), bob(shipment)],
      judged: 'ends',
      judge(outcome) {
        const ends = outcome.clients.map(({ sendings }) => sendings.at(-1)?.moment.ended);
        const key = JSON.stringify([keyOf(outcome.world), ends]);
        const judged = known.get(key) ?? wrongIn(shipment, outcome);
        known.set(key, judged);
        return judged;
      },
    },
    surroundingsOf(shipment),
    { faults },
  );
}

const keyOf = (world: World) =>
  world.under('').map(([name, text]) => [name, text.replace(/(?<="commit":\{"S":")[^"]*/g, 'some')]);

/** Its first step is done, and no result of it is kept. */
async function older(messages: number): Promise<Shipment> {
  const shipment = await Shipment.begun(stand);
  await shipment.carriedOut({ messages: 1 });
  shipment.forget();
  await shipment.carriedOut({ messages });
  return shipment;
}

// The first one takes four times as long with a fault.
test.each([
  ['a step that misses a result', 0, 0],
  ['the question for that result', 1, 1],
])(
  '%s, and a cancel: in every order of their calls the cancel is heeded, and nothing is done twice',
  async (name, messages, faults) => {
    const { schedules, outcomes } = await explored(name, await older(messages), faults);

    expect(schedules).toBeGreaterThan(10);
    expect(outcomes.size).toBeGreaterThan(0);
  },
);
