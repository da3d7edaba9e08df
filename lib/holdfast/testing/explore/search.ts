import { type Fate, fatesOf, isRead, meet, type Surroundings } from './fates.ts';
import type { Call, Told } from './hosted-function.ts';
import { endsOf, outcomeKey, stateKey } from './likeness.ts';
import type { Client, Outcome, Scenario } from './scenario.ts';

/** Who goes on, and what becomes of its call. */
export interface Step {
  readonly who: number;
  readonly fate: Fate;
}

/** What was found. */
export interface Findings {
  /** Every order of calls and fates that there is. */
  schedules: number;
  /** Different states on all of these ways. */
  states: number;
  /** Different ways in which it came out. */
  outcomes: Set<string>;
}

/** A schedule that breaks a promise. */
export class Violated extends Error {
  readonly steps: readonly Step[];
  constructor(message: string, steps: readonly Step[]) {
    super(message);
    this.steps = steps;
  }
}

/** How much is explored. */
export interface Extent {
  /** Faults in one schedule, at most. */
  readonly faults: number;
  /** Whether states that are alike are gone on from once. @default true */
  readonly merged?: boolean;
}

/** So often a request is sent beyond once for each fault, before it counts as never answered. */
const SPARE_SENDINGS = 2;

/**
 * Meets every order of calls with every fate. Two ways to one state go on as one: an invocation is a function of what it
 * was told, so that whatever can follow the one can follow the other. What judges, judges by the state alone.
 * @throws Violated for the first schedule that breaks a promise
 */
export async function explore(
  scenario: Scenario,
  surroundings: Surroundings,
  { faults, merged = true }: Extent,
): Promise<Findings> {
  const known = new Map<string, number>();
  const findings: Findings = { schedules: 0, states: 0, outcomes: new Set() };
  const steps: Step[] = [];
  const taken = async (state: Outcome, step: Step): Promise<Outcome> => {
    const next = await take(state, step, surroundings).catch((error: Error) => {
      throw new Violated(error.message, [...steps, step]);
    });
    if (next.clients.some(({ sendings }) => sendings.length > faults + SPARE_SENDINGS))
      throw new Violated('a request is never answered', [...steps, step]);
    return next;
  };
  const { judged = 'sendings' } = scenario;
  const end = async (state: Outcome): Promise<number> => {
    const key = outcomeKey(state, judged);
    if (findings.outcomes.has(key)) return 1;
    findings.outcomes.add(key);
    const wrong = await scenario.judge(judged === 'ends' ? endsOf(state) : state);
    if (wrong !== undefined) throw new Violated(wrong, [...steps]);
    return 1;
  };
  const visit = async (state: Outcome): Promise<number> => {
    const key = stateKey(state, judged);
    const counted = merged ? known.get(key) : undefined;
    if (counted !== undefined) return counted;
    findings.states++;
    const options = optionsOf(state, surroundings, faults);
    let schedules = options.length === 0 ? await end(state) : 0;
    // A function goes on from where it is, and comes there again only from its beginning: what leaves it there is first.
    const next = new Map<Step, Outcome>();
    for (const step of options.toReversed()) next.set(step, await taken(state, step));
    for (const step of options) {
      steps.push(step);
      schedules += await visit(next.get(step) ?? state);
      steps.pop();
    }
    known.set(key, schedules);
    return schedules;
  };
  findings.schedules = await visit(await begin(scenario, surroundings));
  return findings;
}

/** Before the first step. */
export async function begin({ world, actors }: Scenario, surroundings: Surroundings): Promise<Outcome> {
  const state: Outcome = { world, clients: [], faults: 0, time: 0, round: 0 };
  let { time } = state;
  const clients: Client[] = [];
  for (const actor of actors) {
    const { client, at } = await sent({ actor, sendings: [] }, { ...state, time }, 0, surroundings);
    clients.push(client);
    time = at;
  }
  return { ...state, clients, time };
}

/** What can happen next; nothing where everybody is answered. */
export function optionsOf(state: Outcome, surroundings: Surroundings, faults: number): readonly Step[] {
  const calls = state.clients.map((client) => callOf(client));
  return calls.flatMap((call, who) => {
    if (call === undefined || isAwaited(state, who) || waitsForOthers(state, who)) return [];
    const fates = fatesOf(call, othersIn(state, who), surroundings);
    return fates.filter((fate) => fate === 'done' || state.faults < faults).map((fate) => ({ who, fate }));
  });
}

/** Whether what asks for an actor is not there yet. */
function isAwaited({ clients, world }: Outcome, who: number): boolean {
  const { actor, sendings } = clients[who] ?? {};
  const isUnsent = sendings?.length === 1 && sendings[0]?.invoked === undefined;
  return isUnsent && actor?.mayBegin?.(world) === false;
}

/** Whether a request is to be sent only after a while, and somebody is under way, who ends before. */
function waitsForOthers({ clients, round }: Outcome, who: number): boolean {
  const last = clients[who]?.sendings.at(-1);
  const isUnderWay = ({ sendings }: Client) =>
    sendings.at(-1)?.invoked !== undefined && sendings.at(-1)?.moment.call !== undefined;
  return last?.invoked === undefined && (last?.round ?? 0) > round && clients.some(isUnderWay);
}

/** What others have under way. */
const othersIn = ({ clients }: Outcome, who: number): readonly Call[] =>
  clients.flatMap((client, i) => (i === who ? [] : (callOf(client) ?? [])));

const callOf = ({ sendings }: Client): Call | undefined => sendings.at(-1)?.moment.call;

/** What a step makes of everything. */
export async function take(
  before: Outcome,
  { who, fate }: Step,
  surroundings: Surroundings,
): Promise<Outcome> {
  const state = await invoked(before, who);
  const client = state.clients[who];
  const sending = client?.sendings.at(-1);
  if (client === undefined || sending?.moment.call === undefined)
    throw new Error('nobody waits there; this schedule is of other code, explore again');
  const { world, told } = meet(state.world, sending.moment.call, fate, {
    others: othersIn(state, who),
    surroundings,
  });
  const met = [...sending.met, fate];
  const earlier = client.sendings.slice(0, -1);
  const now = { ...state, world };
  const { client: next, at: time } =
    told === 'dies'
      ? await sent({ ...client, sendings: [...earlier, { ...sending, met }] }, now, state.round, surroundings)
      : await answered({ ...client, sendings: [...earlier, { ...sending, met }] }, told, now, surroundings);
  const clients = state.clients.map((each, i) => (i === who ? next : each));
  return { ...now, clients, time, faults: state.faults + (fate === 'done' ? 0 : 1) };
}

/** With a sending that has begun: the first step of one is its invocation, by the clock of the round. */
async function invoked(state: Outcome, who: number): Promise<Outcome> {
  const client = state.clients[who];
  const sending = client?.sendings.at(-1);
  if (client === undefined || sending === undefined || sending.invoked !== undefined) return state;
  const { actor, sendings } = client;
  const [round, time] = [Math.max(state.round, sending.round), state.time + 1];
  const order = actor.order(sendings.length - 1, round);
  const moment = sending.round === round ? sending.moment : await actor.function.begin(order);
  const begun = { ...sending, moment, invoked: time, after: answeredIn(state) };
  const clients = state.clients.with(who, { actor, sendings: [...sendings.slice(0, -1), begun] });
  return { ...state, clients, round, time };
}

async function answered(
  client: Client,
  told: Told,
  state: Outcome,
  surroundings: Surroundings,
): Promise<Gone> {
  const { actor, sendings } = client;
  const last = sendings.at(-1);
  if (last === undefined) return { client, at: state.time };
  const moment = await actor.function.answer(last.moment, told);
  return gone({ actor, sendings: [...sendings.slice(0, -1), { ...last, moment }] }, state, surroundings);
}

type Gone = { readonly client: Client; readonly at: number };

/** Sends a request, at once or in the round after the one in which it was sent before. */
async function sent(
  client: Client,
  state: Outcome,
  round: number,
  surroundings: Surroundings,
): Promise<Gone> {
  const { actor, sendings } = client;
  const next = actor.patient && sendings.length > 0 ? round + 1 : round;
  const moment = await actor.function.begin(actor.order(sendings.length, next));
  return gone({ actor, sendings: [...sendings, { moment, round: next, met: [] }] }, state, surroundings);
}

/** Goes on to the next call that is a step, or to the answer; what is no answer has it sent again. */
async function gone(client: Client, state: Outcome, surroundings: Surroundings): Promise<Gone> {
  const { actor, sendings } = client;
  const { world, time } = state;
  const last = sendings.at(-1);
  if (last === undefined) return { client, at: time };
  let { moment } = last;
  while (moment.call !== undefined && surroundings.isFree(moment.call)) {
    const { status, body } = surroundings.serve(world, moment.call);
    moment = await actor.function.answer(moment, { status, body });
  }
  const { ended, call, calls, told } = moment;
  const pending = calls.slice(told.length);
  if (call !== undefined && pending.length > 1 && !pending.every((each) => isRead(each, surroundings)))
    throw new Error(`${actor.name} makes two calls at once, which are met in their order here: ${call.what}`);
  const now = { ...last, moment, ...(ended && { answered: time + 1 }) };
  const next: Client = { actor, sendings: [...sendings.slice(0, -1), now] };
  if (ended === undefined) return { client: next, at: time };
  if (actor.isSettled(ended) || sendings.length > SENDINGS) return { client: next, at: time + 1 };
  return sent(next, { ...state, time: time + 1 }, state.round, surroundings);
}

/** No fault makes a request be sent so often: it is refused each time. */
const SENDINGS = 8;

/** Names of the sendings that have been answered. */
const answeredIn = ({ clients }: Outcome): string =>
  clients
    .flatMap(({ sendings }, who) =>
      sendings.flatMap(({ answered }, i) => (answered === undefined ? [] : [`${who}.${i}`])),
    )
    .join();
