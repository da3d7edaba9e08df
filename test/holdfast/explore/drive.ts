import { alone } from '../../../lib/holdfast/testing/explore/alone.ts';
import type { Order } from '../../../lib/holdfast/testing/explore/hosted-function.ts';
import { BEGIN_MS } from '../../../lib/holdfast/testing/explore/http.ts';
import type { Ended } from '../../../lib/holdfast/testing/explore/scenario.ts';
import type { Stand } from '../../../lib/holdfast/testing/explore/stand.ts';
import { itemIn } from '../../../lib/holdfast/testing/explore/store/table.ts';
import type { World } from '../../../lib/holdfast/testing/explore/store/world.ts';
import { everything } from './partners.ts';

/** A command on its way to a partner. */
export interface Message {
  readonly operation: string;
  readonly epoch: number;
  readonly step: string;
  readonly undo: boolean;
  readonly attempt: number;
  readonly mode: 'send' | 'query';
  readonly token: string;
}

/** So long a consumer has. */
const CONSUMER_MS = 15_000;

/** An invocation at a time of its own. @param name for its random numbers */
export const invocation = (name: string, event: object, afterSeconds: number): Order => ({
  event: JSON.stringify(event),
  startsAt: BEGIN_MS + afterSeconds * 1000,
  seed: name,
  timeoutMs: CONSUMER_MS,
});

/** The message of a queue. */
export const delivery = (name: string, message: Message, afterSeconds: number): Order =>
  invocation(name, { Records: [{ messageId: 'm', body: JSON.stringify(message) }] }, afterSeconds);

/** What a function returned. @throws Error where it threw */
export function returned(ended: Ended) {
  if ('threw' in ended) throw new Error(ended.threw);
  return JSON.parse(ended.returned);
}

/** Partners, by the steps that call them. */
const PARTNERS: Readonly<Record<string, string>> = { screen: 'partner-screening', transfer: 'partner-bank' };

/** More turns than any operation takes that nothing is wrong with. */
const TURNS = 40;

const EVERY_SECONDS = 120;

/** The consumer of a step's commands. */
export const consumerOf = (step: string): string => PARTNERS[step] ?? step;

/** The execution of an operation, one task after the other, until it ends or there is nothing left to do. */
export class Execution {
  readonly #stand: Stand;
  readonly #pk: string;
  #turns: number;
  world: World;

  /** @param turns that came before: each is at a later time than the one before */
  constructor(stand: Stand, pk: string, world: World, turns: number) {
    this.#stand = stand;
    this.#pk = pk;
    this.world = world;
    this.#turns = turns;
  }

  /** What there is to do next: a message, or nothing. */
  async next(): Promise<Message | 'wait' | 'end'> {
    const { M: machine } = itemIn(this.world, `RecordsTable/${this.#pk}`)?.hidden?.M?.machine ?? {};
    const epoch = Number(machine?.epoch?.N);
    const event = { operation: this.#pk, epoch, last: { type: 'none' } };
    const { do: what, timeoutSeconds: _, ...directive } = await this.#invoke('operate', event);
    if (what !== 'send') return what;
    return { operation: this.#pk, epoch, token: `token-${this.#turns}`, ...directive };
  }

  /** Hands a message to its consumer. */
  async deliver(message: Message): Promise<void> {
    await this.#invoke(consumerOf(message.step), {
      Records: [{ messageId: 'm', body: JSON.stringify(message) }],
    });
  }

  /** Goes on to the end. @returns what it left; undefined where it comes to no end */
  async toEnd(): Promise<World | undefined> {
    for (let turn = 0; turn < TURNS; turn++) {
      const next = await this.next();
      if (next === 'end') return this.world;
      if (next !== 'wait') await this.deliver(next);
    }
    return undefined;
  }

  async #invoke(name: string, event: object) {
    const turn = this.#turns++;
    const order = invocation(`turn.${turn}`, event, EVERY_SECONDS * turn);
    const { world, ended } = await alone(this.#stand.function(name), order, this.world, everything);
    this.world = world;
    return returned(ended);
  }
}
