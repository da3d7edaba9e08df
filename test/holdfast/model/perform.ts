import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { Webhook } from 'standardwebhooks';
import { mintToken } from '../../../lib/holdfast/local/issuer.ts';
import { SCREENING_SECRET } from '../support/by-hand.ts';
import { type Answer, send } from '../support/client.ts';
import { BEGINNINGS } from './beginnings.ts';
import type { End, History, Operation, Read, Sent, User, Write } from './history.ts';
import { Interleaving } from './interleaving.ts';
import { isTold, Knowledge } from './knowledge.ts';
import type { Laboratory } from './laboratory.ts';
import type { Fault, Program } from './program.ts';
import { sending } from './sending.ts';
import { must } from './violation.ts';

/** So many requests of a program are under way at the same time. */
const AT_ONCE = 3;

/** An operation takes a second, and a history is as far behind; whatever takes so long never comes. */
const PATIENCE_MS = 60_000;

/** A list is a moment behind. */
const LIST_MS = 5_000;

/** So often is a request sent that nobody was told of. */
const RETRIES = 5;

/** Between two looks at something that is to come: a history is so far behind. */
const LOOK_MS = 100;

/** Runs a program on tenants of its own, to its end, and looks at what has come of it. */
export async function perform(program: Program, laboratory: Laboratory): Promise<History> {
  const tenant = laboratory.freshTenant();
  const tenants = [tenant, `${tenant}x`] as const;
  const performance = new Performance(program, laboratory, tenants);
  for (const each of tenants) laboratory.attend(each, performance.interleaving);
  try {
    await performance.begin();
    await performance.run();
    return await performance.end();
  } finally {
    performance.interleaving.open();
    for (const each of tenants) laboratory.leave(each);
  }
}

class Performance {
  readonly interleaving = new Interleaving();
  readonly #program: Program;
  readonly #laboratory: Laboratory;
  readonly #tenants: readonly [string, string];
  readonly #knowledge: Knowledge;
  readonly #tokens = new Map<string, Promise<string>>();
  readonly #sent: (Sent & { readonly calls: string[] })[] = [];
  #clock = 0;

  constructor(program: Program, laboratory: Laboratory, tenants: readonly [string, string]) {
    this.#program = program;
    this.#laboratory = laboratory;
    this.#tenants = tenants;
    this.#knowledge = new Knowledge(program.payouts.length, tenants);
  }

  /** Brings the payouts to where they stand when it begins. */
  async begin(): Promise<void> {
    for (const [payout, beginning] of this.#program.payouts.entries()) {
      for (const [i, [action, user]] of BEGINNINGS[beginning].entries()) {
        const index = 1000 + 100 * payout + i;
        const what = this.#knowledge.say(
          {
            do: 'act',
            action,
            payout,
            user,
            ifMatch: 'newest',
            version: '2026-11-01',
            faults: [],
            lost: false,
          },
          index,
        ) as Write;
        await this.#do(what);
      }
    }
  }

  /** Sends what the program says, and lets go on what it says. */
  async run(): Promise<void> {
    const { requests, choices } = this.#program;
    const faults = new Map<number, Fault[]>();
    const answers: Promise<void>[] = [];
    const start = async (position: number) => {
      const request = requests[position];
      if (request === undefined) return;
      if (request.do === 'end-operation') {
        const { id } = this.#knowledge.payout(request.payout);
        if (id !== undefined) await this.#endOperations(this.#knowledge.user(0), id, request.verdict);
        return;
      }
      const what = this.#knowledge.say(request, position);
      if (what === undefined) return;
      const index = this.#sent.length;
      faults.set(index, [...request.faults]);
      const { answer } = await this.interleaving.start(index, () => this.#do(what, request.lost));
      answers.push(answer);
    };
    for (let next = 0, step = 0; ; step++) {
      const { waiting } = this.interleaving;
      const mayStart = next < requests.length && waiting.length < AT_ONCE;
      const count = waiting.length + (mayStart ? 1 : 0);
      if (count === 0) break;
      const index = waiting[(choices[step] ?? 0) % count];
      if (index === undefined) {
        await start(next++);
        continue;
      }
      const fault = faults.get(index)?.shift() ?? 'pass';
      const call = this.interleaving.callOf(index);
      this.#sent[index]?.calls.push(fault === 'pass' ? call : `${call}: ${fault}`);
      await this.interleaving.goOn(index, fault);
    }
    await Promise.all(answers);
  }

  /** Asks again for every answer that was lost, ends every operation, and looks at what has come of it all. */
  async end(): Promise<History> {
    const untold = this.#sent.filter(({ answer }) => !isTold(answer)).map(({ what }) => what);
    for (const what of untold)
      if (what.kind === 'act' || what.kind === 'cancel-operation') await this.#insist(what);
    const made = new Map<string, User>();
    for (const { what, answer } of this.#sent)
      if (what.kind === 'act' && answer?.status === 201) made.set(String(answer.json.id), what.user);
    const users = [...new Map([...made.values()].map((user) => [user.tenant, user])).values()];
    for (const user of users) await this.#endOperations(user, undefined, 'clear');
    await delay(2 * LOOK_MS);
    for (const tenant of this.#tenants) await this.#seeNoOther(tenant, made);
    const operations = (await Promise.all(users.map((user) => this.#operations(user)))).flat();
    const final = [];
    for (const [id, user] of made)
      final.push(
        await this.#look(
          id,
          user,
          operations.filter(({ resource }) => resource.id === id),
        ),
      );
    return { sent: this.#sent, final };
  }

  /** Sends what nobody was told of, until somebody is: nothing stands in its way any more. */
  async #insist(what: Write): Promise<void> {
    for (let i = 0; i < RETRIES; i++) {
      await this.#do(what);
      if (isTold(this.#sent.at(-1)?.answer)) return;
      await delay(LOOK_MS);
    }
    const { action, key } = what;
    must(false, 'a retry is answered at last', () => `${action} under ${key}, sent ${RETRIES} times`);
  }

  /** A tenant has the payouts whose creates were answered, and no other. */
  async #seeNoOther(tenant: string, made: ReadonlyMap<string, User>): Promise<void> {
    const own = [...made].flatMap(([id, user]) => (user.tenant === tenant ? [id] : [])).sort();
    const idsIn = ({ json }: Answer) => (json.items as { id: string }[]).map(({ id }) => id).sort();
    const listed = await this.#until(
      () => this.#get('/payouts?limit=100', { name: 'alice', tenant }),
      (answer) => answer.status === 200 && isDeepStrictEqual(idsIn(answer), own),
      LIST_MS,
    );
    must(
      listed.status === 200 && isDeepStrictEqual(idsIn(listed), own),
      'nothing is there that nobody was told of',
      () => `${tenant} lists ${listed.text}, and was told of ${own.join(' ') || 'none'}`,
    );
  }

  async #look(id: string, user: User, operations: readonly Operation[]) {
    const history = await this.#until(
      () => this.#get(`/payouts/${id}/history`, user),
      ({ json }) => json.completeToVersion === json.currentVersion,
    );
    const payout = await this.#get(`/payouts/${id}`, user);
    const transfers = await Promise.all(
      operations.map(async (_, i) => {
        const reference = `${id}-b${(i + 1).toString(36)}`;
        const answer = await fetch(`${this.#laboratory.service.partners}/bank/transfers/${reference}`);
        return String(((await answer.json()) as { status: string }).status);
      }),
    );
    return { id, tenant: user.tenant, payout, history, operations, transfers };
  }

  /** Every operation of a tenant, the oldest first. */
  async #operations(user: User): Promise<readonly Operation[]> {
    const { json } = await this.#get('/operations?limit=100', user);
    return (json.items as Operation[]).toReversed();
  }

  /** Tells screening's verdict of each operation that is under way, or of a payout's, and follows it to its end. */
  async #endOperations(user: User, payout: string | undefined, verdict: End['verdict']): Promise<void> {
    const all = await this.#operations(user);
    for (const operation of all) {
      const { id } = operation.resource;
      if (isFinal(operation) || (payout ?? id) !== id) continue;
      const ordinal = all.filter(({ resource }) => resource.id === id).length;
      await this.#endOperation(user, operation, ordinal, verdict);
    }
  }

  /** @param ordinal how many disbursements the payout has had, this one included */
  async #endOperation(
    user: User,
    operation: Operation,
    ordinal: number,
    verdict: End['verdict'],
  ): Promise<void> {
    const { id, resource } = operation;
    const invoked = ++this.#clock;
    const reference = `${resource.id}-a${ordinal.toString(36)}`;
    let told = false;
    const answer = await this.#until(
      async () => {
        if (!told) told = await this.#callBack(reference, verdict);
        return this.#get(`/operations/${id}`, user);
      },
      ({ json }) => isFinal(json),
    );
    const what: End = { kind: 'end-operation', id, payout: resource.id, verdict };
    this.#sent.push({ what, invoked, answered: ++this.#clock, answer, calls: [] });
  }

  /** Whether screening's callback was taken: it is not, before the case was sent there. */
  async #callBack(reference: string, verdict: End['verdict']): Promise<boolean> {
    const body = JSON.stringify({ caseReference: reference, verdict });
    const at = new Date();
    const id = randomUUID();
    const { status } = await send(`${this.#laboratory.service.url}/partners/screening/callbacks`, {
      headers: {
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
        'webhook-signature': new Webhook(SCREENING_SECRET).sign(id, at, body),
      },
      body,
    });
    return status === 200;
  }

  async #until(
    look: () => Promise<Answer>,
    isThere: (answer: Answer) => boolean,
    patienceMs = PATIENCE_MS,
  ): Promise<Answer> {
    for (const start = Date.now(); ; await delay(LOOK_MS)) {
      const answer = await look();
      if (isThere(answer) || Date.now() - start > patienceMs) return answer;
    }
  }

  async #get(path: string, user: User): Promise<Answer> {
    const token = await this.#token(user);
    return send(`${this.#laboratory.service.url}${path}`, { method: 'GET', token });
  }

  #token({ tenant, name }: User): Promise<string> {
    const key = `${tenant}/${name}`;
    const token =
      this.#tokens.get(key) ?? mintToken({ tenant, subject: name, scopes: 'payouts:* operations:*' });
    this.#tokens.set(key, token);
    return token;
  }

  /** Sends a request and records it; where its answer is lost, nobody hears of it. */
  async #do(what: Write | Read, lost = false): Promise<void> {
    const sent = {
      what,
      invoked: ++this.#clock,
      answered: undefined as number | undefined,
      answer: undefined as Answer | undefined,
      calls: [],
    };
    this.#sent.push(sent);
    const token = await this.#token(what.user);
    const { path, ...rest } = sending(what);
    const answer = await send(`${this.#laboratory.service.url}${path}`, { ...rest, token }).catch(noAnswer);
    if (lost || answer === undefined) return;
    sent.answered = ++this.#clock;
    sent.answer = answer;
    this.#knowledge.learn(sent);
  }
}

/** A connection that breaks is an answer that is lost; a service that is gone has none at last, either. */
function noAnswer(error: unknown): undefined {
  if (!(error instanceof TypeError)) throw error;
}

const isFinal = ({ state }: { readonly state: string } | Answer['json']) =>
  ['succeeded', 'failed', 'cancelled'].includes(String(state));
