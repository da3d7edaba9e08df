import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { standardWebhooks } from '../../functions/core/verification.ts';
import { madeUpCallbackSecret } from './made-up-secrets.ts';
import { signCallback } from './sign-callback.ts';

/** What a simulated partner does wrong, until it is told otherwise; each is a chance from 0 to 1, or a time. */
export interface Faults {
  /** Milliseconds before it does anything. */
  readonly latencyMs: number;
  /** Answers 500 and does nothing. */
  readonly error: number;
  /** Does what it is asked, and drops the answer. */
  readonly dropAnswer: number;
  /** Does what it is asked, and answers after the caller's patience. */
  readonly lateMs: number;
  /** Says that it will be done later, and does it then. */
  readonly booksLateMs: number;
  /** Refuses for good. */
  readonly reject: number;
  /** Calls back twice. */
  readonly duplicateCallback: number;
  /** Calls back before it answers. */
  readonly earlyCallback: number;
  /** Never calls back. */
  readonly neverCallback: number;
  /** Milliseconds before it calls back. */
  readonly callbackMs: number;
  /** Signs with a secret that nobody knows. */
  readonly wrongSignature: boolean;
  /** Seconds that its clock is ahead, when it signs. */
  readonly skewSeconds: number;
}

const NONE: Faults = {
  latencyMs: 0,
  error: 0,
  dropAnswer: 0,
  lateMs: 0,
  booksLateMs: 0,
  reject: 0,
  duplicateCallback: 0,
  earlyCallback: 0,
  neverCallback: 0,
  callbackMs: 5,
  wrongSignature: false,
  skewSeconds: 0,
};

/** What is still to happen keeps nobody from ending. */
const later = (ms: number) => delay(ms, undefined, { ref: false });

const UNKNOWN_SECRET = 'whsec_bm9ib2R5a25vd3N0aGlzc2VjcmV0aGVyZQ==';

/** A case of screening, or a transfer of the bank: what a partner really did. */
export interface LedgerEntry {
  readonly partner: string;
  readonly reference: string;
  readonly body: unknown;
  /** How often it was asked to, under this reference. */
  asked: number;
  /** How often it did it: once, whatever happens. */
  done: number;
  state: string;
}

/**
 * Both partners that ship, and any other in the plain manner that `npm run new -- partner` begins with, each below its name;
 * with faults on demand and a ledger of what they really did:
 * `GET /ledger`, `GET /faults`, `PUT /faults/{partner}` with members of {@link Faults}, `DELETE /faults`.
 */
export class PartnerSimulator {
  readonly #server: Server;
  readonly #ledger = new Map<string, LedgerEntry>();
  readonly #faults = new Map<string, Faults>();
  readonly #random: () => number;
  /** Where callbacks go: the base URL of the API. */
  callbackUrl = '';

  /** @param random in [0, 1): the same numbers, the same faults */
  constructor(random: () => number = Math.random) {
    this.#random = random;
    this.#server = createServer((request, response) => {
      this.#serve(request, response).catch(() => response.destroy());
    });
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return this.url;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString();
    const body = text === '' ? {} : JSON.parse(text);
    const [room = '', kind, reference = '', verb] = (request.url ?? '/').slice(1).split('/');
    const json = (status: number, value: unknown) =>
      void response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(value));
    if (room === 'ledger') return json(200, [...this.#ledger.values()]);
    if (room === 'faults') return json(200, this.#control(request.method ?? 'GET', kind, body));
    const faults = this.#faults.get(room) ?? NONE;
    await delay(faults.latencyMs);
    if (request.method === 'GET') return json(...this.#look(room, reference));
    if (this.#happens(faults.error)) return json(500, { error: 'internal' });
    if (room === 'screening')
      return this.#screen(faults, verb === 'release' ? reference : '', body, response, json);
    if (room === 'bank') return this.#transfer(faults, body, response, json);
    return this.#perform(room, faults, body, response, json);
  }

  #control(method: string, partner: string | undefined, body: Partial<Faults>): unknown {
    if (method === 'DELETE') this.#faults.clear();
    if (method === 'PUT' && partner !== undefined) this.#faults.set(partner, { ...NONE, ...body });
    return Object.fromEntries(this.#faults);
  }

  #happens(chance: number): boolean {
    return chance > 0 && this.#random() < chance;
  }

  #entry(partner: string, reference: string, body: unknown): LedgerEntry {
    const key = `${partner}/${reference}`;
    const entry = this.#ledger.get(key) ?? { partner, reference, body, asked: 0, done: 0, state: 'new' };
    this.#ledger.set(key, entry);
    entry.asked++;
    return entry;
  }

  /** What a partner knows of a reference: the bank says so with a 200. */
  #look(partner: string, reference: string): [number, unknown] {
    const entry = this.#ledger.get(`${partner}/${reference}`);
    if (partner === 'bank')
      return [200, { status: entry?.state ?? 'NOT_FOUND', bookingId: `b-${reference}` }];
    return entry === undefined ? [404, {}] : [200, { verdict: entry.state }];
  }

  /** Screening takes a case on, and calls back. */
  async #screen(
    faults: Faults,
    released: string,
    body: { caseReference: string },
    response: ServerResponse,
    json: (status: number, value: unknown) => void,
  ): Promise<void> {
    const entry = this.#entry('screening', body.caseReference, body);
    if (entry.done === 0) entry.done = 1;
    if (released !== '') {
      entry.state = 'released';
      const opened = this.#ledger.get(`screening/${released}`);
      if (opened !== undefined) opened.state = 'released';
      return this.#happens(faults.dropAnswer) ? void response.destroy() : json(200, { released });
    }
    if (entry.state === 'new') entry.state = this.#happens(faults.reject) ? 'hit' : 'clear';
    const callback = async () => {
      if (!this.#happens(faults.neverCallback)) await this.#callBack(faults, entry);
      if (this.#happens(faults.duplicateCallback)) await this.#callBack(faults, entry);
    };
    if (this.#happens(faults.earlyCallback)) await callback();
    else void later(faults.callbackMs).then(callback);
    await delay(faults.lateMs);
    if (this.#happens(faults.dropAnswer)) response.destroy();
    else json(202, { accepted: entry.reference });
  }

  async #callBack({ wrongSignature, skewSeconds }: Faults, { reference, state }: LedgerEntry): Promise<void> {
    const payload = JSON.stringify({ caseReference: reference, verdict: state });
    const at = new Date(Date.now() + skewSeconds * 1000);
    const secret = wrongSignature ? UNKNOWN_SECRET : madeUpCallbackSecret('screening');
    await fetch(`${this.callbackUrl}/partners/screening/callbacks`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        ...signCallback(standardWebhooks(), { secret, id: `msg_${reference}`, at, body: payload }),
      },
      body: payload,
    }).catch(() => undefined);
  }

  /** Any other partner does a reference once, at once, and can be asked for it. */
  async #perform(
    partner: string,
    faults: Faults,
    body: { reference: string },
    response: ServerResponse,
    json: (status: number, value: unknown) => void,
  ): Promise<void> {
    if (this.#happens(faults.reject)) return json(422, {});
    const entry = this.#entry(partner, body.reference, body);
    entry.done = 1;
    entry.state = 'done';
    await delay(faults.lateMs);
    if (this.#happens(faults.dropAnswer)) response.destroy();
    else json(200, {});
  }

  /** The bank pays a reference once, and says so again when it is asked again. */
  async #transfer(
    faults: Faults,
    body: { endToEndId: string },
    response: ServerResponse,
    json: (status: number, value: unknown) => void,
  ): Promise<void> {
    const entry = this.#entry('bank', body.endToEndId, body);
    const book = () => {
      entry.state = 'BOOKED';
      entry.done = 1;
    };
    if (entry.state === 'new' && this.#happens(faults.reject)) entry.state = 'ERROR';
    if (entry.state === 'new' && faults.booksLateMs > 0) {
      entry.state = 'PENDING';
      void later(faults.booksLateMs).then(book);
    }
    if (entry.state === 'new') book();
    await delay(faults.lateMs);
    if (this.#happens(faults.dropAnswer)) response.destroy();
    else
      json(200, {
        status: entry.state,
        bookingId: `b-${entry.reference}`,
        ...(entry.state === 'ERROR' && { code: 'AC04' }),
      });
  }
}
