// The clock and the randomness of a thread in which a bundle runs: an invocation finds its own, and nothing of the machine's.
import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers';
import timersPromises from 'node:timers/promises';

/** Date and time: those at which the invocation began. A wait may be as short as nothing, so none shows here. */
let now = 0;
/** Milliseconds that timers have waited, by which the next one is known. */
let waited = 0;

const RealDate = Date;
globalThis.Date = new Proxy(RealDate, {
  construct: (target, given, self) => Reflect.construct(target, given.length === 0 ? [now] : given, self),
  get: (target, name) => (name === 'now' ? () => now : Reflect.get(target, name)),
});

class Timer {
  readonly due: number;
  readonly #run: () => void;
  constructor(run: () => void, ms = 0) {
    this.due = waited + ms;
    this.#run = run;
    waiting.add(this);
  }
  fire(): void {
    waiting.delete(this);
    waited = Math.max(waited, this.due);
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
syncBuiltinESMExports();

/** An invocation begins, by its own clock and with numbers of its own; timers of the one before are gone. */
export function beginAt(startsAt: number, named: string): void {
  waiting.clear();
  now = startsAt;
  waited = 0;
  seed = named;
  drawn = 0;
}

/** Numbers are drawn anew after each step, however many were drawn before it. */
export function drawFor(step: number): void {
  drawn = step * DRAWN;
}

/** Lets the time of the next timer come. @returns false where none is due within so long */
export function fireWithin(ms: number): boolean {
  const [next] = [...waiting].sort((a, b) => a.due - b.due);
  if (next === undefined || next.due - waited >= ms) return false;
  next.fire();
  return true;
}
