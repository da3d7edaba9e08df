// The thread in which a bundle runs, as it is deployed, and alone. Its network, clock and randomness are Node's own modules,
// put in place before the bundle is loaded: nothing of the bundle is changed, and nothing of it knows.
import { EventEmitter } from 'node:events';
import http from 'node:http';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import { Readable } from 'node:stream';
import { isDeepStrictEqual } from 'node:util';
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
  /** What the SDK's account of retries lacks in this thread. */
  readonly owed: number;
}

/** Turns of the event loop after which code that waits for no timer has reached its next call. */
const TURNS = 20;

/** Waits for another try are shorter; longer ones end a function, and none is ended here. */
const LONG_MS = 5_000;

/** Milliseconds after which a function that has read its files and loaded its modules is given up. */
const PATIENCE_MS = 20_000;

const immediate = () => new Promise<void>((resolve) => setImmediate(resolve));
const later = setTimeout;

// A thread imports no file: this one is handed to it.
const clock: typeof import('./clock-and-chance.ts') = await import(workerData.clock);
const { beginAt, drawFor, fireWithin } = clock;

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

/** Whether the SDK makes a call again that is answered so: by itself, so that nothing of the kit's code knows of it. */
const isRetried = (what: string, told: Told | undefined): boolean =>
  what.startsWith('DynamoDB_') &&
  (told === 'broken' || told?.body.includes('#ThrottlingException"') === true);

/**
 * What the SDK's account of retries lacks: one takes up to 14, and only its own success gives them back; any other success
 * gives one. It makes no retry when the account is empty.
 */
let owed = 0;
const RETRY_COST = 14;

/** Attempts after the first one. */
const RETRIES = 2;

/** An invocation, from its event to as far as it was told. */
class Run {
  readonly calls: Call[] = [];
  readonly order: string;
  told: readonly Told[] = [];
  ended: Said['ended'];
  /** How often the call that it waits for was made before. */
  #retries = 0;
  /** Calls that were made for the first time. */
  #steps = 0;
  #answer: ((told: Told) => void)[] = [];

  constructor(order: string) {
    this.order = order;
  }

  get waits(): boolean {
    return this.#answer.length > 0;
  }

  arrive(call: Call, answer: (told: Told) => void): void {
    const [before, told] = [this.calls.at(-1), this.told.at(-1)];
    const isRetry = before?.what === call.what && before.body === call.body && isRetried(call.what, told);
    if (isRetry) this.#retries++;
    // An invocation whose call was made again is where it was before: whatever it is told now, it goes on alike.
    if (isRetry && !workerData.apart) this.told = this.told.slice(0, -1);
    else this.calls.push(call);
    this.#answer.push(answer);
    if (!isRetry) this.#steps++;
    drawFor(this.#steps);
  }

  /** Whether what it waits for can be told this: its SDK makes a call so often, and no more. */
  canBeTold(told: Told | undefined): boolean {
    return this.#retries < RETRIES || !isRetried(this.calls.at(-1)?.what ?? '', told);
  }

  /** What it waits for is told nothing more, or nothing that pays its retries back. */
  giveUp(): void {
    owed += RETRY_COST * this.#retries;
    this.#retries = 0;
  }

  begin(handler: (event: unknown, context: object) => Promise<unknown>, { event, timeoutMs, seed }: Order) {
    const context = {
      functionName: workerData.name,
      functionVersion: '1',
      awsRequestId: seed,
      getRemainingTimeInMillis: () => timeoutMs,
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
    this.told = [...this.told, told];
    const { what = '' } = this.calls.at(-1) ?? {};
    if (!isRetried(what, told)) {
      if (told === 'broken' || told.status >= 300) this.giveUp();
      else if (this.#retries === 0 && what.startsWith('DynamoDB_')) owed = Math.max(0, owed - 1);
      this.#retries = 0;
    }
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
      // It reads a file, or loads a module.
      if (!fireWithin(LONG_MS)) await new Promise((resolve) => later(resolve, 1));
    }
    this.ended = { threw: 'it neither calls nor ends' };
  }
}

let run: Run | undefined;

const { handler } = await import(workerData.file);

async function invoke(order: Order, told: readonly Told[]): Promise<Said> {
  const name = JSON.stringify(order);
  const isNext =
    run?.order === name &&
    run.told.length < told.length &&
    run.canBeTold(told[run.told.length]) &&
    isDeepStrictEqual(run.told, told.slice(0, run.told.length));
  if (run === undefined || !isNext) {
    run?.giveUp();
    // What was given up goes on no more: nobody answers it, and its timers are gone.
    beginAt(order.startsAt, order.seed);
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
  return { calls: [...calls], owed, ...(ended && { ended }) };
}

parentPort?.on(
  'message',
  async ({ order, told }: { readonly order: Order; readonly told: readonly Told[] }) => {
    parentPort?.postMessage(await invoke(order, told));
  },
);
parentPort?.postMessage('ready');
