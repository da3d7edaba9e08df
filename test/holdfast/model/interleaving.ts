import type { Call, Fate } from '../support/dynamodb-proxy.ts';
import type { Fault } from './program.ts';

/** A call that waits for its fate. */
interface Held {
  readonly call: Call;
  /** The SDK has made it before. */
  readonly again: boolean;
  readonly release: (fate: Fate) => void;
}

/** What a fault is on the wire; a read is in nobody's way, so that a conflict is a failure to it. */
function fateOf(fault: Fault, { operation, input }: Call): Fate {
  const transaction = operation === 'TransactWriteItems';
  const cancelled = (Code: string): Fate => {
    const items = (input.TransactItems as readonly unknown[]).slice(1);
    const reasons = [{ Code, Message: Code }, ...items.map(() => ({ Code: 'None' }))];
    return { refuse: 'TransactionCanceledException', members: { CancellationReasons: reasons } };
  };
  const failure = { refuse: 'InternalServerError', status: 500 };
  const writes = ['UpdateItem', 'PutItem'].includes(operation);
  const fates: Readonly<Record<Fault, Fate>> = {
    pass: 'pass',
    'lose-request': 'lose-request',
    'lose-answer': 'lose-answer',
    throttle: transaction
      ? cancelled('ThrottlingError')
      : { refuse: 'ProvisionedThroughputExceededException' },
    conflict: transaction
      ? cancelled('TransactionConflict')
      : writes
        ? { refuse: 'TransactionConflictException' }
        : failure,
    fail: failure,
    'land-and-fail': { ...failure, landed: true },
  };
  return fates[fault];
}

/**
 * Lets one request of a program go on at a time: each runs until it is answered, or until it calls DynamoDB about the
 * program's payouts, where it waits for its turn. So the order of everything is the program's, and whoever makes a call
 * is known: it is the only one that runs.
 */
export class Interleaving {
  readonly #owners = new Map<string, number>();
  readonly #held = new Map<number, Held>();
  readonly #stops = new Map<number, () => void>();
  readonly #underWay = new Set<number>();
  #running: number | undefined;

  /** Requests that wait for their turn, the oldest first. */
  get waiting(): readonly number[] {
    return [...this.#held.keys()].toSorted((a, b) => a - b);
  }

  /** The call of a request that waits. */
  callOf(request: number): string {
    const { call, again } = this.#held.get(request) ?? {};
    return `${call?.operation}${again ? ' again' : ''}`;
  }

  /** Sends a request, and waits until it is answered or waits for its turn. */
  async start<T>(request: number, send: () => Promise<T>): Promise<{ readonly answer: Promise<T> }> {
    const stopped = this.#stop(request);
    this.#underWay.add(request);
    const answer = send();
    const over = answer.then(
      () => undefined,
      () => undefined,
    );
    void over.then(() => {
      this.#underWay.delete(request);
      this.#held.get(request)?.release('lose-request');
      this.#held.delete(request);
      this.#stops.get(request)?.();
    });
    await stopped;
    return { answer };
  }

  /** Lets a request go on that waits, its call having this fate. */
  async goOn(request: number, fault: Fault): Promise<void> {
    const held = this.#held.get(request);
    if (held === undefined) throw new Error(`request ${request} does not wait`);
    this.#held.delete(request);
    const stopped = this.#stop(request);
    held.release(fateOf(fault, held.call));
    await stopped;
  }

  /** A call about the program's payouts; one that none of its requests makes passes. */
  arrive(call: Call): Fate | Promise<Fate> {
    const again = this.#owners.has(call.invocation);
    const owner = this.#owners.get(call.invocation) ?? this.#running;
    // What is left of a request that was answered is in nobody's way.
    if (owner === undefined || !this.#underWay.has(owner)) return 'pass';
    this.#owners.set(call.invocation, owner);
    // The SDK has lost patience with an attempt that waited too long.
    this.#held.get(owner)?.release('lose-request');
    const fate = new Promise<Fate>((release) => this.#held.set(owner, { call, again, release }));
    this.#stops.get(owner)?.();
    return fate;
  }

  /** Lets all go on, and whatever comes. */
  open(): void {
    this.#running = undefined;
    for (const { release } of this.#held.values()) release('pass');
    this.#held.clear();
    this.#owners.clear();
  }

  #stop(request: number): Promise<void> {
    this.#running = request;
    return new Promise((resolve) => {
      this.#stops.set(request, () => {
        this.#stops.delete(request);
        if (this.#running === request) this.#running = undefined;
        resolve();
      });
    });
  }
}
