import { type Surroundings, tables } from '../../../../lib/holdfast/testing/explore/fates.ts';
import type { Order } from '../../../../lib/holdfast/testing/explore/hosted-function.ts';
import { answerIn, BEGIN_MS, isAnswered, requested } from '../../../../lib/holdfast/testing/explore/http.ts';
import type { Actor, Outcome } from '../../../../lib/holdfast/testing/explore/scenario.ts';
import type { Stand } from '../../../../lib/holdfast/testing/explore/stand.ts';
import { itemIn } from '../../../../lib/holdfast/testing/explore/store/table.ts';
import type { World } from '../../../../lib/holdfast/testing/explore/store/world.ts';
import type { Found } from '../../explore/mutants.ts';
import type { Plan } from '../../explore/scenarios.ts';
import { LEDGER, registry, Shipment, VALUES } from './warehouse.ts';

const FUNCTIONS = [
  ...['orders-create', 'orders-ship', 'operations-cancel', 'operate'],
  ...['partner-printer', 'partner-carrier'],
];

const SERVICE = { registry, values: VALUES };

/** What the execution is told to do. */
type Directive = Readonly<Record<string, unknown>>;

/** An order that is being shipped, and what is to be done next. */
interface Ready {
  readonly stand: Stand;
  readonly shipment: Shipment;
  readonly directive: Directive;
}

type Maker = (as: string, ready: Ready) => Actor;

const at = (round: number) => BEGIN_MS + (20_000 + 100 * round) * 1000;

/** The message of a queue, handed over again until it is taken. */
const delivered: Maker = (as, { stand, shipment, directive }) => {
  const { name, event } = shipment.message(directive);
  return {
    name: as,
    function: stand.function(name),
    order: (sending, round): Order => ({
      event: JSON.stringify(event),
      startsAt: at(round),
      seed: `${as}.${sending}`,
      timeoutMs: 15_000,
    }),
    isSettled: (ended) => !('threw' in ended) && JSON.parse(ended.returned).batchItemFailures.length === 0,
    patient: true,
  };
};

const cancels: Maker = (as, { stand, shipment }) => ({
  name: as,
  function: stand.function('operations-cancel'),
  order: (sending) =>
    requested(
      `${as}.${sending}`,
      {
        by: { subject: as, tenant: 'acme' },
        scopes: 'operations:*',
        parameters: { operationId: shipment.operation },
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

/** What an operation, its order and its partners come to, and how often each command was sent. */
interface Right {
  readonly state: string;
  readonly order: string;
  readonly print: number;
  readonly void: number;
  readonly collect: number;
  readonly cancel?: number;
}

/** What is wrong once all has been carried to its end. */
async function wrongIn(
  shipment: Shipment,
  { world, clients }: Outcome,
  right: Right,
): Promise<string | undefined> {
  const later = shipment.in(world);
  await later.carriedOut();
  // A command that its partner does not know is sent again after a while.
  later.later(5_000);
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
  return found === JSON.stringify(right) ? undefined : `it came to ${found}`;
}

const keyOf = (world: World) =>
  world.under('').map(([name, text]) => [name, text.replace(/(?<="commit":\{"S":")[^"]*/g, 'some')]);

const shipping = (
  name: string,
  about: string,
  faults: number,
  {
    begun,
    who,
    right,
  }: {
    begun: (stand: Stand) => Promise<Shipment>;
    who: Readonly<Record<string, Maker>>;
    right: Right;
  },
): Plan => ({
  name,
  about,
  faults,
  functions: FUNCTIONS,
  service: SERVICE,
  async set(stand) {
    const shipment = await begun(stand);
    const ready = { stand, shipment, directive: await shipment.next() };
    const known = new Map<string, Promise<string | undefined>>();
    return {
      scenario: {
        name,
        world: shipment.world,
        actors: Object.entries(who).map(([as, make]) => make(as, ready)),
        judged: 'ends',
        judge(outcome) {
          const ends = outcome.clients.map(({ sendings }) => sendings.at(-1)?.moment.ended);
          const key = JSON.stringify([keyOf(outcome.world), ends]);
          const judged = known.get(key) ?? wrongIn(shipment, outcome, right);
          known.set(key, judged);
          return judged;
        },
      },
      surroundings: surroundingsOf(shipment),
    };
  },
});

/** So many messages have been handed over. */
const after = (messages: number) => async (stand: Stand) => {
  const shipment = await Shipment.begun(stand);
  await shipment.carriedOut({ messages });
  return shipment;
};

/** Its first step is done, and no result of it is kept. */
const missed = (messages: number) => async (stand: Stand) => {
  const shipment = await after(1)(stand);
  shipment.forget();
  await shipment.carriedOut({ messages });
  return shipment;
};

const CANCELLED = { state: 'cancelled', order: 'placed', print: 1, void: 1, collect: 0, cancel: 202 };

const SHIPPED = { state: 'succeeded', order: 'shipped', print: 1, void: 0, collect: 1 };

/** Steps whose results are kept, missed or asked for. */
export const PLANS: readonly Plan[] = [
  shipping('missed-cancel', 'a step that misses a result, and a cancel', 1, {
    begun: missed(0),
    who: { queue: delivered, bob: cancels },
    right: CANCELLED,
  }),
  shipping('recall-cancel', 'the question for a result that is missed, and a cancel', 2, {
    begun: missed(1),
    who: { queue: delivered, bob: cancels },
    right: CANCELLED,
  }),
  shipping('print', 'a step whose result the next one needs', 2, {
    begun: after(0),
    who: { queue: delivered },
    right: SHIPPED,
  }),
  shipping('collect', 'a step whose result the end needs', 2, {
    begun: after(1),
    who: { queue: delivered },
    right: SHIPPED,
  }),
  shipping('print-twice', 'a step whose result the next one needs, delivered twice', 0, {
    begun: after(0),
    who: { queue: delivered, again: delivered },
    right: SHIPPED,
  }),
  shipping('collect-twice', 'a step whose result the end needs, delivered twice', 0, {
    begun: after(1),
    who: { queue: delivered, again: delivered },
    right: SHIPPED,
  }),
];

/** Functions that neither this service nor the sample has. */
export const SUBJECTS = [];

/** Mutants that a schedule shows. */
export const FOUND: readonly Found[] = [
  {
    mutant: 'a step is claimed before it is known whether it can be told',
    scenario: 'missed-cancel',
    symptom: /a request is never answered/,
  },
];
