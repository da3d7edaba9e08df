import { type Answers, answersFor, tablesOf, wordsOf } from '../../core/partners/answers.ts';
import type { Partner, PartnerCommand } from '../../core/partners/define-partner.ts';
import { isDoing, playedPartner, type Simulator } from '../../core/partners/define-simulator.ts';
import { readCallback } from '../../core/partners/read-callback.ts';
import { PartnerSimulator } from '../../local/partners/partner-simulator.ts';
import { bodySaying, put } from '../../local/partners/said.ts';
import { callPartner } from './kit-calls.ts';
import { linesWritten } from './lines-written.ts';
import { type Case, type Expected, MARK, undeclared, vocabulary } from './partner-answers.ts';
import { type Respond, scriptedPartner, withPartner } from './scripted-partner.ts';

/** What has an adapter do its work: the kit's own, or one that a test has broken. */
export type CallPartner = typeof callPartner;

export interface PartnerContract {
  /** What the adapter is given; its values are looked for in the log. @default one that any adapter can send */
  readonly input?: Readonly<Record<string, unknown>>;
  /** @default the kit's own */
  readonly call?: CallPartner;
}

/** Too little for a body that drips, and enough for one that does not. */
const DRIP_MS = 250;

/**
 * Everything in which a partner's adapter, its answers and its simulator break the promises of the kit; none where they
 * keep them. Each entry of the vocabulary is said over HTTP, and so is what no adapter declares.
 */
export async function partnerFaults(simulator: Simulator, contract: PartnerContract = {}): Promise<string[]> {
  const faults: string[] = [];
  const { partner } = simulator;
  const lines = await linesWritten(async () => {
    for (const command of commandsOf(partner, contract)) {
      for (const mode of ['send', 'query'] as const) {
        if (partner[mode] !== undefined) faults.push(...(await callFaults(partner, mode, command, contract)));
      }
    }
    faults.push(...callbackFaults(partner));
    faults.push(...(await simulatorFaults(simulator, contract)));
  });
  if (lines.length === 0) faults.push('nothing was logged');
  for (const line of lines)
    if (line.includes(MARK)) faults.push(`a log line holds what it must not: ${line}`);
  return faults;
}

const commandsOf = (
  { answers }: Partner,
  { input = { account: MARK } }: PartnerContract,
): PartnerCommand[] => {
  const names = Array.isArray(answers.at) ? ['contract'] : Object.keys(answers);
  const reference = 'po_contract-a1';
  return names.flatMap((name) => [
    { name, reference, input },
    { name, reference, input, undoes: 'po_contract-b1' },
  ]);
};

async function callFaults(
  partner: Partner,
  mode: 'send' | 'query',
  command: PartnerCommand,
  { call = callPartner }: PartnerContract,
): Promise<string[]> {
  const answers = answersFor(partner.answers, command.name);
  if (answers === undefined) return [`${mode}: it has no answers for '${command.name}'`];
  const faults: string[] = [];
  const check = async (
    { name, expected }: Omit<Case, 'respond'>,
    url: string,
    timeoutMs = partner.timeoutMs,
  ) => {
    const begun = performance.now();
    const outcome = await call({ ...partner, timeoutMs }, mode, command, url);
    const ms = performance.now() - begun;
    if (!expected.includes(outcome.kind))
      faults.push(`${mode}, ${name}: ${JSON.stringify(outcome)}, and should be ${expected.join(' or ')}`);
    if (ms > timeoutMs + 1_000) faults.push(`${mode}, ${name}: took ${Math.round(ms)} of ${timeoutMs} ms`);
  };
  const drips: Respond = (response) => {
    response.writeHead(200, { 'Content-Type': 'application/json' });
    const timer = setInterval(() => response.write(' '), 20);
    response.on('close', () => clearInterval(timer));
  };
  const left = await withPartner(drips, async (server) => {
    await check({ name: 'slow drip', expected: ['unknown'] }, server.url, DRIP_MS);
    for (const each of [...vocabulary(answers, mode), ...undeclared(answers)]) {
      server.respond = each.respond;
      await check(each, server.url);
    }
    if (server.requests.some((request) => request.endsWith('/elsewhere')))
      faults.push(`${mode}: a redirect was followed`);
    return server.url;
  });
  // Nobody listens there any more.
  await check({ name: 'refused connection', expected: ['unavailable'] }, left);
  return faults;
}

/** What a callback says by the partner's words, and by others. */
function callbackFaults(partner: Partner): string[] {
  const { callback, answers } = partner;
  if (callback === undefined) return [];
  const table = callback.answers ?? tablesOf(answers)[0];
  if (table === undefined) return ['callback: it has no answers'];
  const read = (body: object | string) => {
    try {
      return readCallback(partner, Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)));
    } catch (error) {
      return { reference: undefined, outcome: { kind: 'refused' as const }, error: String(error) };
    }
  };
  const telling = (word: string) => {
    const body = bodySaying(word, table.at, '', { note: MARK });
    put(body, callback.reference, 'po_contract-a1');
    return body;
  };
  const cases = [
    ...(vocabulary(table, 'send').length
      ? wordsOf(table).map((word) => [telling(word), kindOf(table, word)] as const)
      : []),
    [telling('PROCESSING'), 'unknown'] as const,
    [telling('constructor'), 'unknown'] as const,
    [{ note: MARK }, 'refused'] as const,
    ['[]', 'refused'] as const,
    [`{"a":1,"a":2,"x":"${MARK}"}`, 'refused'] as const,
    [`<html>${MARK}</html>`, 'refused'] as const,
  ];
  return cases.flatMap(([body, expected]) => {
    const { outcome, ...told } = read(body);
    const leaks = 'error' in told && told.error.includes(MARK);
    const wrong = outcome.kind !== expected || leaks;
    return wrong
      ? [
          `callback ${JSON.stringify(body)}: ${JSON.stringify({ outcome, ...told })}, and should be ${expected}`,
        ]
      : [];
  });
}

const kindOf = (
  { succeeded, pending = [], notFound = [], unavailable = [] }: Answers,
  word: string,
): Expected => {
  if ((Array.isArray(succeeded) ? succeeded : Object.keys(succeeded)).includes(word)) return 'succeeded';
  if (pending.includes(word)) return 'pending';
  if (notFound.includes(word)) return 'unknown';
  return unavailable.includes(word) ? 'unavailable' : 'rejected';
};

/** Whether adapter and simulator understand each other. */
async function simulatorFaults(
  simulator: Simulator,
  { call = callPartner, input = {} }: PartnerContract,
): Promise<string[]> {
  const { partner, on } = simulator;
  const faults: string[] = [];
  const doing = Object.values(on).filter(isDoing);
  const played = new PartnerSimulator([playedPartner(simulator)]);
  const calledBack = await scriptedPartner();
  const url = `${await played.listen()}/${partner.name}`;
  played.callbackUrl = calledBack.url;
  const set = (wrong: object) =>
    fetch(`${played.url}/faults/${partner.name}`, { method: 'PUT', body: JSON.stringify(wrong) });
  const [name = 'contract'] = Array.isArray(partner.answers.at) ? [] : Object.keys(partner.answers);
  const say = async (mode: 'send' | 'query', reference: string, expected: readonly Expected[]) => {
    if (partner[mode] === undefined) return;
    const { kind } = await call(partner, mode, { name, reference, input }, url);
    if (!expected.includes(kind))
      faults.push(`simulator, ${mode} ${reference}: ${kind}, and should be ${expected}`);
  };
  try {
    const [first] = doing;
    const waits = first?.callsBack === true;
    await say('query', 'po_none-a1', ['not-found']);
    await set({ callbackMs: 0 });
    await say('send', 'po_done-a1', waits ? ['pending'] : ['succeeded']);
    await say('query', 'po_done-a1', ['succeeded']);
    if (first?.refused !== undefined) {
      await set({ reject: 1, callbackMs: 0 });
      await say('send', 'po_refused-a1', waits ? ['pending'] : ['rejected']);
      await say('query', 'po_refused-a1', ['rejected']);
    }
    await set({ dropAnswer: 1, neverCallback: 1 });
    await say('send', 'po_dropped-a1', ['unknown']);
    await say('query', 'po_dropped-a1', ['succeeded']);
    await set({ error: 1 });
    await say(
      'send',
      'po_error-a1',
      partner.unauthorizedDoesNothing ? ['unknown'] : ['unknown', 'unavailable'],
    );
    if (waits) faults.push(...(await callingBackFaults(partner, calledBack.bodies)));
  } finally {
    await played.close();
    await calledBack[Symbol.asyncDispose]();
  }
  return faults;
}

/** What the simulator calls back is what the adapter reads. */
async function callingBackFaults(partner: Partner, bodies: readonly unknown[]): Promise<string[]> {
  const told = bodies.map((body) => readCallback(partner, Buffer.from(JSON.stringify(body))));
  const done = told.find(({ reference }) => reference === 'po_done-a1');
  return done?.outcome.kind === 'succeeded' ? [] : [`simulator called back ${JSON.stringify(told)}`];
}
