import { alone } from '../../../lib/holdfast/testing/explore/alone.ts';
import type { Stand } from '../../../lib/holdfast/testing/explore/stand.ts';
import { itemIn } from '../../../lib/holdfast/testing/explore/store/table.ts';
import type { World } from '../../../lib/holdfast/testing/explore/store/world.ts';
import { consumerOf, delivery, Execution, invocation, type Message } from './drive.ts';
import { BUSY, ENDED, EXECUTION, everything } from './partners.ts';
import type { Ready } from './roles.ts';
import { begin } from './scenarios.ts';

/** Turns that it takes to the second partner; whatever acts then is later. */
const TURNS = 10;

/** Seconds after which an operation that nothing has happened to is overdue. */
const OVERDUE_SECONDS = 5_000;

const SCREEN: StepAt = { step: 'screen' };
const TRANSFER: StepAt = { step: 'transfer' };

interface StepAt {
  readonly step: string;
  readonly make?: (stand: Stand, world: World, ready: Ready) => Promise<World> | World;
}

/** What makes an operation stand there, by the step whose message is on its way. */
const STAGES = {
  /** Nothing has been done yet. */
  accepted: { ...SCREEN, make: (_stand, world) => world },
  /** Its execution has ended before it did anything. */
  ended: { ...SCREEN, make: (_stand, world, { id }) => world.with([[`${EXECUTION}${id}-1`, ENDED]]) },
  screen: SCREEN,
  /** Screening was called, and is to tell its verdict. */
  verdict: { ...SCREEN, make: (stand, world, { message }) => delivered(stand, world, message) },
  transfer: TRANSFER,
  /** The bank does not do what it is asked next, and says so. */
  busy: { ...TRANSFER, make: (_stand, world) => world.with([[BUSY, 'once']]) },
  /** Its execution has ended before it, and nothing has been sent: it needs a person. */
  lost: { ...TRANSFER, make: lost },
  /** The same, and the bank has paid for one who died before telling. */
  paid: {
    ...TRANSFER,
    make: async (stand, world, ready) => lost(stand, await diesPaid(stand, world, ready.message), ready),
  },
  /** The same, and screening was called. */
  unheard: {
    ...SCREEN,
    make: async (stand, world, ready) => lost(stand, await delivered(stand, world, ready.message), ready),
  },
} satisfies Record<string, StepAt>;

export type Stage = keyof typeof STAGES;

/** Brings an operation there. */
export async function bring(
  stand: Stand,
  stage: Stage,
): Promise<{ readonly world: World; readonly ready: Ready }> {
  const { step, make }: StepAt = STAGES[stage];
  const prelude = await begin(stand, 'approved');
  const { text } = await prelude.act({
    by: 'alice',
    action: 'disburse',
    key: 'd',
    id: prelude.id,
    ifMatch: prelude.etag,
  });
  const { id } = JSON.parse(text);
  const [operation, payout] = [`operations#acme#${id}`, `payouts#acme#${prelude.id}`];
  const accepted = itemIn(prelude.world, `RecordsTable/${operation}`) ?? {};
  const execution = new Execution(stand, operation, prelude.world, 1);
  for (let turn = 0; turn < TURNS; turn++) {
    const message = await execution.next();
    if (message === 'end') break;
    if (message === 'wait') continue;
    if (message.step === step) {
      const ready = { stand, operation, payout, id, message, accepted };
      const world = ['accepted', 'ended'].includes(stage) ? prelude.world : execution.world;
      return { world: (await make?.(stand, world, ready)) ?? world, ready };
    }
    await execution.deliver(message);
  }
  throw new Error(`the operation does not come to '${stage}'`);
}

const SECONDS = 1_300;

const first = (message: Message) => delivery('delivered', message, SECONDS);

async function delivered(stand: Stand, world: World, message: Message): Promise<World> {
  const consumer = stand.function(consumerOf(message.step));
  return (await alone(consumer, first(message), world, everything)).world;
}

/** Its function dies once the bank has done what it is asked. */
async function diesPaid(stand: Stand, begin: World, message: Message): Promise<World> {
  const consumer = stand.function(consumerOf(message.step));
  let moment = await consumer.begin(first(message));
  let world = begin;
  for (let paid = false; !paid && moment.call !== undefined; ) {
    const reply = everything.serve(world, moment.call);
    world = reply.world;
    paid = moment.call.what.startsWith('POST ');
    moment = await consumer.answer(moment, { status: reply.status, body: reply.body });
  }
  return world;
}

/** The execution has ended, and the sweep has seen that. */
async function lost(stand: Stand, world: World, { id }: Ready): Promise<World> {
  const ended = world.with([[`${EXECUTION}${id}-1`, ENDED]]);
  const order = invocation('before', {}, OVERDUE_SECONDS);
  return (await alone(stand.function('sweep'), order, ended, everything)).world;
}
