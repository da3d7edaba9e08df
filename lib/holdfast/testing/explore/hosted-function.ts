import { once } from 'node:events';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { threadOf } from '../../local/functions/execution-environment.ts';
import { parted } from './parted.ts';
import type { Call, Order, Said, Told } from './thread/function-host.ts';

export type { Call, Order, Told };

/** A function as it is deployed: its bundle, and its environment. */
export interface FunctionBundle {
  readonly name: string;
  readonly file: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Answers to calls that make no step, since the function may know them from before: a secret. */
  readonly aside: Readonly<Record<string, string>>;
  /** Whether an invocation that has made a call again is told from one that made it once: else they are one. */
  readonly apart: boolean;
}

const THREAD = join(import.meta.dirname, 'thread');
const HOST = threadOf(THREAD, 'function-host');
const CLOCK = threadOf(THREAD, 'clock-and-chance').href;

/** So much a thread's account of retries may lack before another takes its place: it begins with 500. */
const OWED = 420;

/** A function did otherwise than before, and was told the same. */
export class Unrepeatable extends Error {}

/** What an invocation does when it is told this much, and what it has done for that. */
export interface Moment {
  readonly id: number;
  /** What it waits for the answer to; undefined where it has ended. */
  readonly call?: Call;
  readonly ended?: Said['ended'];
  readonly order: Order;
  readonly told: readonly Told[];
  readonly calls: readonly Call[];
}

/** Bytes tell a person nothing. */
const withoutBytes = (calls: string): string => calls.replaceAll('\\', '').replace(/"B":"[^"]*"/g, '"B":"…"');

let moments = 0;

/**
 * The function as a table of what it does when it is told what: an invocation knows nothing but its event, its clock, its
 * randomness and its answers, so whatever it did once it does again, and is run once for each thing that it may be told.
 */
export class HostedFunction {
  readonly #bundle: FunctionBundle;
  readonly #first = new Map<string, Promise<Moment>>();
  readonly #next = new Map<number, Map<string, Promise<Moment>>>();
  #worker: Promise<Worker> | undefined;
  #owed = 0;
  #last: Promise<unknown> = Promise.resolve();
  /** How often it was asked. */
  runs = 0;

  constructor(bundle: FunctionBundle) {
    this.#bundle = bundle;
  }

  /** An invocation up to its first call. */
  begin(order: Order): Promise<Moment> {
    const name = JSON.stringify(order);
    const known = this.#first.get(name) ?? this.#run(order, []);
    this.#first.set(name, known);
    return known;
  }

  /** What it does when its call is answered so. @throws Unrepeatable */
  answer(moment: Moment, told: Told): Promise<Moment> {
    const answers = this.#next.get(moment.id) ?? new Map<string, Promise<Moment>>();
    this.#next.set(moment.id, answers);
    const text = JSON.stringify(told);
    const known = answers.get(text) ?? this.#run(moment.order, [...moment.told, told], moment);
    answers.set(text, known);
    return known;
  }

  async close(): Promise<void> {
    const worker = await this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
  }

  async #run(order: Order, told: readonly Told[], from?: Moment): Promise<Moment> {
    const asked = this.#last.then(() => this.#ask(order, told));
    this.#last = asked.catch(() => undefined);
    const { calls, ended } = await asked;
    const before = from?.calls ?? [];
    const [now, then] = [calls.slice(0, before.length), before].map((all) => JSON.stringify(all));
    if (now !== then && now !== undefined && then !== undefined)
      throw new Unrepeatable(
        `${this.#bundle.name} was told the same as before, and did something else: ${parted(withoutBytes(now), withoutBytes(then))}\nkeep nothing in memory between two requests, and decide by what decide is given alone`,
      );
    if (from !== undefined && ended === undefined && calls.length === told.length) return from;
    const call = ended === undefined ? calls[told.length] : undefined;
    return { id: moments++, order, told, calls, ...(call && { call }), ...(ended && { ended }) };
  }

  async #ask(order: Order, told: readonly Told[]): Promise<Said> {
    this.runs++;
    if (this.#owed > OWED) await this.close();
    this.#worker ??= this.#start();
    const worker = await this.#worker;
    const answer = once(worker, 'message');
    worker.postMessage({ order, told });
    const [said]: Said[] = await answer;
    if (said === undefined) throw new Error(`${this.#bundle.name} said nothing`);
    this.#owed = said.owed;
    return said;
  }

  async #start(): Promise<Worker> {
    const { file, name, environment, aside, apart } = this.#bundle;
    const worker = new Worker(HOST, {
      env: { ...environment },
      execArgv: ['--no-warnings'],
      workerData: { file: pathToFileURL(file).href, name, aside, apart, clock: CLOCK },
    });
    await once(worker, 'message');
    return worker;
  }
}
