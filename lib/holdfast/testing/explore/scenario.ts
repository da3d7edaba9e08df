import type { Fate } from './fates.ts';
import type { HostedFunction, Moment, Order } from './hosted-function.ts';
import type { World } from './store/world.ts';

/**
 * What judges a scenario looks at: of each request how its last sending ended, or all its sendings, in which order they
 * were, and which of them were disturbed.
 */
export type Judged = 'ends' | 'sendings';

/** Somebody who sends a request, and sends it again until it is answered for good. */
export interface Actor {
  readonly name: string;
  readonly function: HostedFunction;
  /**
   * @param sending how often it was sent before
   * @param round how often a while has passed since the beginning
   */
  order(sending: number, round: number): Order;
  /** Whether what the function ended with is an answer that is not asked for again. */
  isSettled(ended: Ended): boolean;
  /** It is sent again after a while, by when whoever was under way has ended. @default at once */
  readonly patient?: boolean;
  /** Whether it may begin in this world: what asks for it is there. @default in any */
  mayBegin?(world: World): boolean;
}

/** What an invocation ended with. */
export type Ended = NonNullable<Moment['ended']>;

/** What is explored: some who act at the same time, on a world that is prepared. */
export interface Scenario {
  readonly name: string;
  readonly world: World;
  readonly actors: readonly Actor[];
  /** @default 'sendings' */
  readonly judged?: Judged;
  /** What is wrong with how it came out, in words; undefined for nothing. */
  judge(outcome: Outcome): Promise<string | undefined>;
}

/** One sending of a request; of two times, the later is the larger. */
export interface Sending {
  /** Just before its first call was met; undefined where none was yet. */
  readonly invoked?: number;
  /** Sendings that were answered before it was invoked: of all the times, a judge may ask for this alone. */
  readonly after?: string;
  /** Undefined where its function died, or has not answered yet. */
  readonly answered?: number;
  readonly moment: Moment;
  /** The first round in which it may be invoked. */
  readonly round: number;
  /** What its calls came to. */
  readonly met: readonly Fate[];
}

/** A request and its sendings, the last of which is under way or settled it. */
export interface Client {
  readonly actor: Actor;
  readonly sendings: readonly Sending[];
}

/** How everything stands between two steps. */
export interface Outcome {
  readonly world: World;
  readonly clients: readonly Client[];
  readonly faults: number;
  readonly time: number;
  readonly round: number;
}
