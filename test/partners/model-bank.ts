import type { HttpAnswer, Reply } from '../../lib/holdfast/core/partners/reply.ts';
import { replyOf } from '../../lib/holdfast/core/partners/reply.ts';

/** What the bank has come to under one reference; it stays so for ever. */
interface Transfer {
  /** When the order reaches the bank: at once, or while its sender has given up already. */
  readonly receivedAt: number;
  /** When money leaves; never, where it is refused. */
  readonly bookedAt: number;
  readonly isRefused: boolean;
}

/** A late order is on its way for as long as its consumer may live, and no longer. */
export const LATE_MS = 15_000;

/** From the order to the booking. */
const BOOKING_MS = 3_600_000;

const NEVER = Number.POSITIVE_INFINITY;

const json = (body: string, status = 200): HttpAnswer => ({
  status,
  headers: { 'content-type': 'application/json' },
  bytes: Buffer.from(body),
});

/** What says nothing that the bank's adapter declares, whatever has come of the order. */
const NOISE: readonly (HttpAnswer | 'unanswered')[] = [
  json('{"status":"PROCESSING"}'),
  json('{"status":"ACCEPTED"}'),
  json('{"status":"SETTLED","bookingId":"b"}'),
  json('{"status":"ERROR"}'),
  json('{"status":"ERROR","code":"AC99"}'),
  json('{"message":"Service temporarily unavailable"}'),
  json('{}'),
  json('[]'),
  json('null'),
  json('{"status":"ERROR","code":"AC04","status":"BOOKED"}'),
  { status: 200, headers: { 'content-type': 'text/html' }, bytes: Buffer.from('<html>BOOKED</html>') },
  json('<html>BOOKED</html>'),
  { ...json('{"status":"BOOKED"}', 302), headers: { 'content-type': 'application/json', location: '/x' } },
  json('{"status":"ERROR","code":"AC04"}', 409),
  json('{"status":"BOOKED"}', 503),
  json('{"status":"NOT_FOUND"}', 404),
  { status: 200, headers: { 'content-type': 'application/json' }, bytes: 'too-large' },
  // Dropped, or a byte a second until the time is up.
  'unanswered',
  'unanswered',
];

/**
 * A bank that never lies in its own words, and says anything else as often: it books at once, later or never, gets orders
 * late or not at all, and knows a reference again for ever.
 */
export class ModelBank {
  readonly #random: () => number;
  readonly #transfers = new Map<string, Transfer>();
  /** The final word of its last answer, if it said one. */
  said: 'BOOKED' | 'AC04' | undefined;

  constructor(random: () => number) {
    this.#random = random;
  }

  /** Takes an order, or loses it, and answers, or does not. */
  order(reference: string, now: number): Reply {
    this.said = undefined;
    const drawn = this.#random();
    if (drawn < 0.1) return { status: 0, content: 'unsent' };
    const known = this.#transfers.get(reference);
    if (known === undefined && drawn < 0.3) return this.#notDone();
    if (known === undefined) this.#take(reference, now);
    // A gateway that has passed it on, and lost sight of it.
    if (drawn > 0.95) return replyOf(json('{"status":"NOT_FOUND"}'));
    return this.#answer(reference, now);
  }

  /** Takes an order of a sender whose time is up; nobody hears the answer. */
  orderLate(reference: string, now: number): void {
    if (!this.#transfers.has(reference)) this.#take(reference, now, LATE_MS * this.#random());
  }

  /** Tells of a reference. */
  tell(reference: string, now: number): Reply {
    this.said = undefined;
    return this.#answer(reference, now);
  }

  /** References under which money has left, or will. */
  paid(): readonly string[] {
    return [...this.#transfers]
      .filter(([, { bookedAt }]) => bookedAt < NEVER)
      .map(([reference]) => reference);
  }

  #take(reference: string, now: number, lateMs = this.#random() < 0.2 ? LATE_MS * this.#random() : 0): void {
    const isRefused = this.#random() < 0.35;
    const receivedAt = now + lateMs;
    const inMs = this.#random() < 0.5 ? 0 : BOOKING_MS * this.#random();
    this.#transfers.set(reference, {
      receivedAt,
      bookedAt: isRefused ? NEVER : receivedAt + inMs,
      isRefused,
    });
  }

  /** The order came to nothing, and the bank says so in its words, or in no words. */
  #notDone(): Reply {
    return this.#random() < 0.5 ? replyOf(json('{"status":"ERROR","code":"TRY_LATER"}')) : this.#noise();
  }

  #noise(): Reply {
    const noise = NOISE[Math.floor(this.#random() * NOISE.length)] ?? 'unanswered';
    return noise === 'unanswered' ? { status: 0, content: noise } : replyOf(noise);
  }

  #answer(reference: string, now: number): Reply {
    if (this.#random() < 0.6) return this.#noise();
    const transfer = this.#transfers.get(reference);
    if (transfer === undefined || transfer.receivedAt > now) return replyOf(json('{"status":"NOT_FOUND"}'));
    if (transfer.bookedAt > now && !transfer.isRefused) return replyOf(json('{"status":"PENDING"}'));
    this.said = transfer.isRefused ? 'AC04' : 'BOOKED';
    return replyOf(
      json(
        transfer.isRefused
          ? '{"status":"ERROR","code":"AC04"}'
          : `{"status":"BOOKED","bookingId":"b-${reference}"}`,
      ),
    );
  }
}
