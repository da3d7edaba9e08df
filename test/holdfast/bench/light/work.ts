/** What a light process is to do. */
export interface Work {
  /** The file of the action, or of the handler where it is written the usual way. */
  readonly file: string;
  readonly writers: number;
  /**
   * How writers ask: with `If-Match: *`; so, and decided again at once; with the tag that they saw last, sending again under
   * a new key where they are refused; or through a queue, with one consumer for all of them.
   */
  readonly way: 'any' | 'at-once' | 'seen' | 'queued';
  /** A request as the gateway hands it to the function, JSON. */
  readonly event: string;
  /** Items that all processes write to. */
  readonly items: Tags;
  /** Id of an item that every request writes besides its own. @default none, and requests share their items */
  readonly above?: string;
  /** How many writers other processes have before this one's. */
  readonly before: number;
  /** One that this process writes to alone, until it has compiled what it runs. */
  readonly own: Tags;
  /** Whether an amount is an object with a currency. */
  readonly isMoney: boolean;
  /** Of the tables, without a proxy. */
  readonly endpoint: string;
  /** Milliseconds for which each call is held, those of a queue included. */
  readonly delayMs: number;
  /** How many times as long waits between two decisions are. */
  readonly slower: number;
  /** How long a function may take. */
  readonly timeoutMs: number;
}

/** Items by their ids, each with the tag that stands there. */
export type Tags = Readonly<Record<string, string>>;

/** One action that took effect, as whoever asked was told. */
export interface Effect {
  readonly item: string;
  readonly version: number;
  readonly amount: number;
  /** From the first request to the answer. */
  readonly ms: number;
  /** Epoch milliseconds of the answer. */
  readonly at: number;
}

/** A write as it was answered. */
export interface Write {
  readonly pk: string;
  /** The version on which it was made, where it has passed on a condition. */
  readonly version?: number;
  /** What refused it, or was put. @default 0 */
  readonly bytes?: number;
  /** It is one of a transaction, which takes twice the units. @default false */
  readonly isTogether?: boolean;
}

/** Calls of a process. */
export interface Traffic {
  readonly calls: number;
  readonly writes: readonly Write[];
  /** Bytes of items, by partition key and version, as answers showed them. */
  readonly sizes: Readonly<Record<string, number>>;
}

/** What a process was answered, and what it took. */
export interface Done {
  readonly effects: readonly Effect[];
  readonly traffic: Traffic;
}
