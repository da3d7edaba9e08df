import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import {
  type DoingRoute,
  isDoing,
  type PlayedPartner,
  type PlayedRoute,
} from '../../core/partners/define-simulator.ts';
import { memberAt } from '../../core/values/member-at.ts';
import type { Json } from '../../core/values/strict-json.ts';
import { listenHere, urlOf } from '../listening.ts';
import { type Faults, faultOfFaults, NO_FAULTS } from './faults.ts';
import { Ledger, type LedgerEntry, saying } from './ledger.ts';
import { madeUpCallbackSecret } from './made-up-secrets.ts';
import { bodySaying } from './said.ts';
import { signCallback } from './sign-callback.ts';
import { answerTokenRequest, isProven } from './simulated-access.ts';

/** What is still to happen keeps nobody from ending. */
const later = (ms: number) => delay(ms, undefined, { ref: false });

const UNKNOWN_SECRET = 'whsec_bm9ib2R5a25vd3N0aGlzc2VjcmV0aGVyZQ==';

/** A request that one of a partner's routes takes. */
interface Taken {
  readonly partner: PlayedPartner;
  readonly route: PlayedRoute;
  /** What stands in the path for `{reference}` or `{undoes}`. */
  readonly reference: string;
  readonly undoes: string;
  readonly body: Json;
}

/** What a partner calls back about, with members of its route. */
type Callback = [partner: PlayedPartner, entry: LedgerEntry, members: PlayedRoute['members']];
type Respond = (status: number, value: unknown) => void;

/**
 * Plays any partner by its simulator, each below its name; with faults on demand and a ledger of what they really did:
 * `GET /ledger`, `GET /faults`, `PUT /faults/{partner}` with members of {@link NO_FAULTS}, which take the place of those before
 * for the same `only`, and of all where there is none; `DELETE /faults`. Whoever does not
 * prove itself as a partner asks is answered 401; tokens are at `POST /tokens/{partner}`.
 */
export class PartnerSimulator {
  readonly #server: Server;
  readonly #ledger = new Ledger();
  readonly #faults = new Map<string, readonly Faults[]>();
  readonly #random: () => number;
  #partners = new Map<string, PlayedPartner>();
  /** Where callbacks go: the base URL of the API. */
  callbackUrl = '';

  /** @param random in [0, 1): the same numbers, the same faults */
  constructor(partners: readonly PlayedPartner[] = [], random: () => number = Math.random) {
    this.update(partners);
    this.#random = random;
    this.#server = createServer((request, response) => {
      this.#serve(request, response).catch(() => response.destroy());
    });
  }

  /** Plays these from now on; what has been done stays done. */
  update(partners: readonly PlayedPartner[]): void {
    this.#partners = new Map(partners.map((partner) => [partner.name, partner]));
  }

  async listen(): Promise<string> {
    return listenHere(this.#server);
  }

  get url(): string {
    return urlOf(this.#server);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString();
    const [room = '', ...rest] = (request.url ?? '/').slice(1).split('?')[0]?.split('/') ?? [];
    const method = request.method ?? 'GET';
    const respond: Respond = (status, value) =>
      void response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(value));
    const own = this.#answerOwn(room, rest[0] ?? '', request, text);
    if (own !== undefined) return respond(own.status, own.body);
    const partner = this.#partners.get(room);
    if (partner === undefined)
      return respond(501, {
        error: `no simulator for partner '${room}'; add functions/partners/${room}.simulator.ts`,
      });
    if (!isProven({ partner: room, credentials: partner.credentials }, request.headers))
      return respond(401, { error: 'no credentials, or wrong ones' });
    const taken = take(partner, method, rest, text === '' ? {} : JSON.parse(text));
    const faults = this.#faultsOf(room, taken);
    await later(faults.latencyMs);
    if (taken === undefined) return respond(404, { error: 'no such route' });
    if (!isDoing(taken.route)) return this.#tell(faults, taken, respond);
    if (this.#happens(faults.error)) return respond(500, { error: 'internal' });
    if (faults.unavailableSeconds > 0 && taken.route.unavailable !== undefined) {
      response.setHeader('Retry-After', faults.unavailableSeconds);
      return sayUnavailable(taken, taken.route.unavailable, respond);
    }
    return this.#do(faults, taken, taken.route, response, respond);
  }

  /** What no partner answers: the ledger, faults and tokens. */
  #answerOwn(room: string, partner: string, { method, headers }: IncomingMessage, text: string) {
    if (room === 'ledger') return { status: 200, body: this.#ledger.entries };
    if (room === 'faults') return this.#control(method, partner, text);
    const { credentials } = this.#partners.get(partner) ?? {};
    return room === 'tokens' ? answerTokenRequest({ partner, credentials }, headers, text) : undefined;
  }

  #control(method: string | undefined, partner: string, text: string) {
    const body: Partial<Faults> = text === '' ? {} : JSON.parse(text);
    const error = faultOfFaults(body);
    if (error !== undefined) return { status: 400, body: { error } };
    if (method === 'DELETE') this.#faults.clear();
    if (method === 'PUT' && partner !== '') {
      const faults = { ...NO_FAULTS, ...body };
      const others = (this.#faults.get(partner) ?? []).filter(({ only }) => !only.startsWith(faults.only));
      this.#faults.set(partner, [faults, ...others]);
    }
    return { status: 200, body: Object.fromEntries(this.#faults) };
  }

  #faultsOf(partner: string, taken: Taken | undefined): Faults {
    return this.#faultsFor(partner, taken === undefined ? '' : referenceOf(taken));
  }

  #faultsFor(name: string, about: string): Faults {
    return this.#faults.get(name)?.find(({ only }) => about.startsWith(only)) ?? NO_FAULTS;
  }

  /** Whether no consumer takes a command of this operation, by its key, in time. */
  readonly isNeverTaken = (operation: string): boolean =>
    Date.now() < this.#faultsFor('queues', operation).neverTakenUntil;

  #happens(chance: number): boolean {
    return chance > 0 && this.#random() < chance;
  }

  /** What a partner knows of a reference. */
  #tell({ says }: Faults, { partner, route, reference }: Taken, respond: Respond): void {
    const word = this.#ledger.find(partner.name, reference)?.word ?? ('absent' in route ? route.absent : '');
    say(route, says || word, reference, respond);
  }

  /** Does a reference once, and says so again when it is asked again. */
  async #do(
    faults: Faults,
    taken: Taken,
    { done, later: notYet, refused, callsBack = false }: DoingRoute,
    response: ServerResponse,
    respond: Respond,
  ): Promise<void> {
    const { partner, route, undoes, body } = taken;
    const entry = this.#ledger.asked(partner.name, referenceOf(taken), body);
    const finish = () => {
      Object.assign(entry, saying(done));
      entry.done = 1;
      const undone = this.#ledger.find(partner.name, undoes);
      if (undone !== undefined) Object.assign(undone, saying(done));
    };
    const callBack = () => this.#callBack(faults, partner, entry, route.members);
    if (entry.word === 'new') {
      if (refused !== undefined && this.#happens(faults.reject)) Object.assign(entry, saying(refused));
      else if (notYet !== undefined && faults.booksLateMs > 0) {
        Object.assign(entry, saying(notYet));
        void later(faults.booksLateMs)
          .then(finish)
          .then(() => (callsBack ? callBack() : undefined));
      } else finish();
    }
    if (callsBack && this.#happens(faults.earlyCallback)) await callBack();
    else if (callsBack) void later(faults.callbackMs).then(callBack);
    await later(faults.lateMs);
    if (this.#happens(faults.dropAnswer)) response.destroy();
    else if (callsBack) respond(202, {});
    else say(route, faults.says || entry.word, entry.reference, respond);
  }

  async #callBack(faults: Faults, ...told: Callback): Promise<void> {
    if (!this.#happens(faults.neverCallback)) await this.#sendCallback(faults, ...told);
    if (this.#happens(faults.duplicateCallback)) await this.#sendCallback(faults, ...told);
  }

  async #sendCallback(
    { wrongSignature, skewSeconds }: Faults,
    ...[{ name, callback }, { reference, word }, members]: Callback
  ): Promise<void> {
    if (callback === undefined) return;
    const told = { ...members, [callback.reference]: '{reference}' };
    const body = JSON.stringify(bodySaying(word, callback.at, reference, told));
    const signature = signCallback(callback.verify, {
      secret: wrongSignature ? UNKNOWN_SECRET : madeUpCallbackSecret(name),
      id: `msg_${reference}`,
      at: new Date(Date.now() + skewSeconds * 1000),
      body,
    });
    await fetch(`${this.callbackUrl}/partners/${name}/callbacks`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...signature },
      body,
    }).catch(() => undefined);
  }
}

function sayUnavailable(taken: Taken, said: string | number, respond: Respond): void {
  if (typeof said === 'number') respond(said, {});
  else respond(200, bodySaying(said, taken.route.at, referenceOf(taken)));
}

/** What a request is about: it stands in its body, or else in its path. */
const referenceOf = ({ route, reference, body }: Taken): string =>
  isDoing(route) ? String(memberAt(body, route.reference)) : reference;

/** The route of a partner that takes a request. */
function take(
  partner: PlayedPartner,
  method: string,
  segments: readonly string[],
  body: Json,
): Taken | undefined {
  for (const route of partner.routes) {
    const wanted = route.path.slice(1).split('/');
    const isIt =
      route.method === method &&
      wanted.length === segments.length &&
      wanted.every((each, i) => each === segments[i] || /^\{.+\}$/.test(each));
    const at = (name: string) => decodeURIComponent(segments[wanted.indexOf(name)] ?? '');
    if (isIt) return { partner, route, reference: at('{reference}'), undoes: at('{undoes}'), body };
  }
  return undefined;
}

const say = ({ at, status = {}, members }: PlayedRoute, word: string, reference: string, respond: Respond) =>
  respond(status[word] ?? 200, bodySaying(word, at, reference, members));
