// The thread in which a bundle runs, as it is deployed, and alone. Its network, clock and randomness are Node's own modules,
// put in place before the bundle is loaded: nothing of the bundle is changed, and nothing of it knows.
import crypto from 'node:crypto';
import { EventEmitter } from 'node:events';
import http from 'node:http';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import { Readable } from 'node:stream';
import timers from 'node:timers';
import timersPromises from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';

/** One invocation: its event, when it begins by its own clock, and what its random numbers are made of. */
export interface Order {
  /** JSON */
  readonly event: string;
  /** Epoch milliseconds. */
  readonly startsAt: number;
  readonly seed: string;
  readonly timeoutMs: number;
}

/** A request that the function sends over HTTP. */
export interface Call {
  /** `DynamoDB_20120810.UpdateItem`; of a partner, `POST /transfers`. */
  readonly what: string;
  readonly body: string;
}

/** What comes back: an answer, or the connection breaks. */
export type Told = { readonly status: number; readonly body: string } | 'broken';

/** What an invocation that was told this much does next: it waits for the answer to its last call, or has ended. */
export interface Said {
  readonly calls: readonly Call[];
  /** What it returned, or the error it threw, as JSON. @default it waits */
  readonly ended?: { readonly returned: string } | { readonly threw: string };
}

/** Turns of the event loop after which code that waits for no timer has reached its next call. */
const TURNS = 20;

/** Waits for another try are shorter; longer ones end a function, and none is ended here. */
const LONG_MS = 5_000;

/** Milliseconds after which a function that has read its files and loaded its modules is given up. */
const PATIENCE_MS = 20_000;

const immediate = () => new Promise<void>((resolve) => setImmediate(resolve));
const later = setTimeout;

let now = 0;

const RealDate = Date;
globalThis.Date = new Proxy(RealDate, {
  construct: (target, given, self) => Reflect.construct(target, given.length === 0 ? [now] : given, self),
  get: (target, name) => (name === 'now' ? () => now : Reflect.get(target, name)),
});

class Timer {
  readonly due: number;
  readonly #run: () => void;
  constructor(run: () => void, ms = 0) {
    this.due = now + ms;
    this.#run = run;
    waiting.add(this);
  }
  fire(): void {
    waiting.delete(this);
    now = Math.max(now, this.due);
    this.#run();
  }
  close(): void {
    waiting.delete(this);
  }
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }
  hasRef(): boolean {
    return true;
  }
}

const waiting = new Set<Timer>();

const setTimer = (run: (...given: unknown[]) => void, ms?: number, ...given: unknown[]) =>
  new Timer(() => run(...given), ms);
const clearTimer = (timer: unknown) => {
  if (timer instanceof Timer) timer.close();
};
const clock = { setTimeout: setTimer, clearTimeout: clearTimer };
Object.assign(globalThis, clock);
Object.assign(timers, clock);
Object.assign(timersPromises, {
  setTimeout: (ms: number, value: unknown) => new Promise((resolve) => setTimer(() => resolve(value), ms)),
});

/** More random numbers than are drawn between two steps. */
const DRAWN = 1_000;

let seed = '';
let drawn = 0;
const randomBytes = (size: number): Buffer =>
  crypto.createHash('shake256', { outputLength: size }).update(`${seed} ${drawn++}`).digest();
const fraction = () => randomBytes(4).readUInt32BE() / 2 ** 32;
Math.random = fraction;
const randomUUID = () => {
  const hex = randomBytes(16).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
};
const getRandomValues = <T extends ArrayBufferView>(values: T): T => {
  const { buffer, byteOffset, byteLength } = values;
  new Uint8Array(buffer, byteOffset, byteLength).set(randomBytes(byteLength));
  return values;
};
const randomInt = (from: number, to?: number) =>
  to === undefined ? Math.floor(fraction() * from) : from + Math.floor(fraction() * (to - from));
Object.assign(crypto, { randomBytes, randomInt, randomUUID });
for (const [name, value] of Object.entries({ randomUUID, getRandomValues }))
  Object.defineProperty(globalThis.crypto, name, { value });

class Answered extends Readable {
  readonly statusCode: number;
  readonly headers = { 'content-type': 'application/x-amz-json-1.0' };
  readonly headersDistinct = { 'content-type': ['application/json'] };
  constructor(status: number, body: string) {
    super({ read: () => undefined });
    this.statusCode = status;
    this.push(Buffer.from(body));
    this.push(null);
  }
}

class Request extends EventEmitter {
  readonly #what: string;
  readonly #run = run;
  constructor(what: string, heard?: (response: Answered) => void) {
    super();
    this.#what = what;
    if (heard !== undefined) this.once('response', heard);
  }
  end(body: string | Uint8Array = ''): this {
    const text = typeof body === 'string' ? body : Buffer.from(body).toString();
    const known: string | undefined = workerData.aside[this.#what];
    if (known !== undefined) process.nextTick(() => this.emit('response', new Answered(200, known)));
    else
      this.#run?.arrive({ what: this.#what, body: text }, (told) => {
        if (told === 'broken')
          this.emit('error', Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }));
        else this.emit('response', new Answered(told.status, told.body));
      });
    return this;
  }
  write(): boolean {
    throw new Error('a request is sent in one piece here');
  }
  setTimeout(): this {
    return this;
  }
  destroy(): this {
    return this;
  }
}

interface Options {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

Object.assign(http, {
  request: ({ method = 'GET', path = '/', headers = {} }: Options, heard?: (response: Answered) => void) =>
    new Request(headers['x-amz-target'] ?? headers['X-Amz-Target'] ?? `${method} ${path}`, heard),
});
// A partner's connection comes about at once; what becomes of it is told of the request.
Object.assign(net, {
  connect: () => {
    const socket = Object.assign(new EventEmitter(), { destroy: () => undefined });
    process.nextTick(() => socket.emit('connect'));
    return socket;
  },
});
syncBuiltinESMExports();

// Metrics and logs are looked at elsewhere.
Object.assign(process.stdout, { write: () => true });

/** An invocation, from its event to as far as it was told. */
class Run {
  readonly calls: Call[] = [];
  readonly order: string;
  told: readonly string[] = [];
  ended: Said['ended'];
  #answer: ((told: Told) => void)[] = [];

  constructor(order: string) {
    this.order = order;
  }

  get waits(): boolean {
    return this.#answer.length > 0;
  }

  arrive(call: Call, answer: (told: Told) => void): void {
    this.calls.push(call);
    this.#answer.push(answer);
    // Numbers are drawn anew after each step, however many a call took that is none.
    drawn = this.calls.length * DRAWN;
  }

  begin(
    handler: (event: unknown, context: object) => Promise<unknown>,
    { event, timeoutMs, startsAt }: Order,
  ) {
    const context = {
      functionName: workerData.name,
      functionVersion: '1',
      awsRequestId: seed,
      getRemainingTimeInMillis: () => startsAt + timeoutMs - now,
    };
    Promise.resolve()
      .then(() => handler(JSON.parse(event), context))
      .then(
        (returned) => {
          this.ended = { returned: JSON.stringify(returned ?? null) };
        },
        (error: unknown) => {
          this.ended = { threw: String(error) };
        },
      );
  }

  tell(told: Told): void {
    this.told = [...this.told, JSON.stringify(told)];
    this.#answer.shift()?.(told);
  }

  get #isSettled(): boolean {
    return this.waits || this.ended !== undefined;
  }

  /** Until it waits for an answer, or has ended; time passes only while it waits for nothing else. */
  async settle(): Promise<void> {
    for (const began = performance.now(); performance.now() - began < PATIENCE_MS; ) {
      // What it was told has been taken in by then, also where it waits for more than one answer.
      for (let turn = 0; turn < 2 || (turn < TURNS && !this.#isSettled); turn++) await immediate();
      if (this.#isSettled) return;
      const [next] = [...waiting].sort((a, b) => a.due - b.due);
      if (next !== undefined && next.due - now < LONG_MS) next.fire();
      // It reads a file, or loads a module.
      else await new Promise((resolve) => later(resolve, 1));
    }
    this.ended = { threw: 'it neither calls nor ends' };
  }
}

let run: Run | undefined;

const { handler } = await import(workerData.file);

async function invoke(order: Order, told: readonly Told[]): Promise<Said> {
  const name = JSON.stringify(order);
  const texts = told.map((each) => JSON.stringify(each));
  const isNext =
    run?.order === name && run.told.length < told.length && run.told.every((text, i) => text === texts[i]);
  if (run === undefined || !isNext) {
    // What was given up goes on no more: nobody answers it, and its timers are gone.
    waiting.clear();
    now = order.startsAt;
    seed = order.seed;
    drawn = 0;
    run = new Run(name);
    run.begin(handler, order);
  }
  const current = run;
  await current.settle();
  for (const each of told.slice(current.told.length)) {
    if (!current.waits) break;
    current.tell(each);
    await current.settle();
  }
  const { calls, ended } = current;
  return { calls: [...calls], ...(ended && { ended }) };
}

parentPort?.on(
  'message',
  async ({ order, told }: { readonly order: Order; readonly told: readonly Told[] }) => {
    parentPort?.postMessage(await invoke(order, told));
  },
);
parentPort?.postMessage('ready');
