import { type Surroundings, tables } from '../../../lib/holdfast/testing/explore/fates.ts';
import type { Call } from '../../../lib/holdfast/testing/explore/hosted-function.ts';
import type { Reply, World } from '../../../lib/holdfast/testing/explore/store/world.ts';

/** Of what callbacks are signed with. */
export const SECRET = `whsec_${Buffer.from('a secret of the proofs alone').toString('base64')}`;

/** Values of the variables that functions of operations have. */
export const VALUES = {
  PARTNER_URLS: JSON.stringify({
    bank: 'http://partners.invalid/bank',
    screening: 'http://partners.invalid/screening',
  }),
  STATE_MACHINES: JSON.stringify({ 'disburse-payout': 'arn:aws:states:eu-west-1:0:stateMachine:disburse' }),
  CALLBACK_SECRETS: JSON.stringify({ screening: 'screening' }),
};

/** A function keeps secrets for a while. */
export const ASIDE = { 'secretsmanager.GetSecretValue': JSON.stringify({ SecretString: SECRET }) };

const reply = (world: World, body: object, status = 200): Reply => ({
  world,
  status,
  body: JSON.stringify(body),
});

/** What a partner was asked under a reference, and what became of it. */
export interface Entry {
  readonly asked: number;
  readonly state: string;
}

const nameOf = (partner: string, reference: string) => `ledger/${partner}/${reference}`;

const entryOf = (world: World, name: string): Entry | undefined => {
  const text = world.get(name);
  return text === undefined ? undefined : JSON.parse(text);
};

/** Every entry, by partner and reference. */
export const ledgerOf = (world: World): ReadonlyMap<string, Entry> =>
  new Map(world.under('ledger/').map(([name, text]) => [name.slice('ledger/'.length), JSON.parse(text)]));

/** Does what it is asked once for a reference, and says so again when it is asked again. */
function done(world: World, name: string, state: string): World {
  const { asked = 0 } = entryOf(world, name) ?? {};
  return world.with([[name, JSON.stringify({ asked: asked + 1, state })]]);
}

const REQUEST = /^(?<method>GET|POST) \/(?<partner>bank|screening)\/(?<path>.*)$/;

function requestOf({ what, body }: Call) {
  const { method = '', partner = '', path = '' } = REQUEST.exec(what)?.groups ?? {};
  const sent = body === '' ? {} : JSON.parse(body);
  const reference = String(sent.endToEndId ?? sent.caseReference ?? path.split('/').at(-1));
  return { method, partner, path, name: nameOf(partner, reference), reference };
}

/** Whether the bank does not do what it is asked next, and says so. */
export const BUSY = 'busy/bank';

/** The bank pays at once; screening takes a case on, and finds it clear when it is asked. */
function partner(world: World, call: Call): Reply {
  const { method, partner: of, path, name, reference } = requestOf(call);
  const entry = entryOf(world, name);
  if (of === 'bank') {
    const booked = { status: 'BOOKED', bookingId: `b-${reference}` };
    if (method === 'POST' && world.get(BUSY) !== undefined)
      return reply(world.with([[BUSY, undefined]]), { status: 'ERROR', code: 'TRY_LATER' });
    if (method === 'POST') return reply(done(world, name, 'BOOKED'), booked);
    return reply(world, entry === undefined ? { status: 'NOT_FOUND' } : booked);
  }
  if (method === 'GET')
    return entry === undefined
      ? reply(world, { verdict: 'no-such-case' }, 404)
      : reply(world, { verdict: entry.state });
  if (path.endsWith('/release')) return reply(done(world, name, 'released'), { verdict: 'released' });
  return reply(done(world, name, 'clear'), { verdict: 'in-review' }, 202);
}

/** Executions in the world, by their names, and what one is that runs no more. */
export const [EXECUTION, ENDED] = ['execution/', 'ended'];

const isStart = ({ what }: Call) => what.endsWith('.StartExecution');

const TOO_MANY = { status: 400, body: JSON.stringify({ __type: 'ExecutionLimitExceeded' }) };

/** Step Functions, whose tasks are asked for again by whoever drives an operation to its end. */
function stepFunctions(world: World, { what, body }: Call): Reply {
  const input = JSON.parse(body);
  if (what.endsWith('SendTaskSuccess')) return reply(world, {});
  const name = `${EXECUTION}${input.name}`;
  if (world.get(name) === ENDED) return reply(world, { __type: 'ExecutionAlreadyExists' }, 400);
  return reply(world.with([[name, 'running']]), { executionArn: input.name, startDate: 0 });
}

/** What an operation has come through: nobody here judges by it, and it would tell worlds apart that are one. */
const withoutPast = (world: World): World =>
  world.with(world.under('stream/RecordsTable/operations#').map(([name]) => [name, undefined]));

/** DynamoDB, Step Functions and two partners. */
export const everything: Surroundings = {
  serve(world, call) {
    if (REQUEST.test(call.what)) return partner(world, call);
    if (call.what.startsWith('AWSStepFunctions.')) return stepFunctions(world, call);
    const reply = tables.serve(world, call);
    return { ...reply, world: withoutPast(reply.world) };
  },
  touches(call) {
    if (isStart(call)) return [{ name: `${EXECUTION}${JSON.parse(call.body).name}`, writes: true }];
    if (!REQUEST.test(call.what)) return tables.touches(call);
    const { method, name } = requestOf(call);
    return [{ name, writes: method === 'POST' }];
  },
  refusal: (call) => (isStart(call) ? TOO_MANY : undefined),
  isFree: (call) => (call.what.startsWith('AWSStepFunctions.') && !isStart(call)) || tables.isFree(call),
};
