import { alone } from '../../../lib/holdfast/testing/explore/alone.ts';
import { type Surroundings, tables } from '../../../lib/holdfast/testing/explore/fates.ts';
import type { Order } from '../../../lib/holdfast/testing/explore/hosted-function.ts';
import {
  type Answered,
  answerIn,
  BEGIN_MS,
  isAnswered,
  requested,
} from '../../../lib/holdfast/testing/explore/http.ts';
import type { Actor } from '../../../lib/holdfast/testing/explore/scenario.ts';
import type { Stand } from '../../../lib/holdfast/testing/explore/stand.ts';
import type { World } from '../../../lib/holdfast/testing/explore/store/world.ts';
import type { Write } from '../model/history.ts';
import type { ActionName, Input } from '../model/payout-machine.ts';
import type { USERS } from '../model/program.ts';

/** What somebody asks. */
export interface Ask {
  readonly by: (typeof USERS)[number];
  readonly action: ActionName | 'change-any';
  readonly key: string;
  readonly id?: string | undefined;
  readonly ifMatch?: string | undefined;
  readonly input?: Input;
}

/** An actor, and what it asks. */
export interface Person extends Actor {
  readonly write: Write;
}

const TENANT = 'acme';

/** Clocks of two sendings differ; each one's own is the same in every schedule. */
const APART_MS = 10_000;

/** Somebody who sends a request until it is answered. @param name nobody else in the scenario has it */
export function person(stand: Stand, name: string, ask: Ask): Person {
  return {
    name,
    function: stand.function(`payouts-${ask.action}`),
    order: (sending) => orderOf(`${name}.${sending}`, ask, BEGIN_MS + (1 + sending) * APART_MS),
    isSettled: isAnswered,
    write: writeOf(ask),
  };
}

function orderOf(name: string, { by, id, key, ifMatch, input = {} }: Ask, startsAt: number): Order {
  return requested(
    name,
    {
      by: { subject: by, tenant: TENANT },
      scopes: 'payouts:* operations:*',
      ...(id !== undefined && { parameters: { payoutId: id } }),
      headers: { 'Idempotency-Key': key, ...(ifMatch !== undefined && { 'If-Match': ifMatch }) },
      body: JSON.stringify(input),
    },
    startsAt,
  );
}

const writeOf = ({ by, action, key, id, ifMatch, input = {} }: Ask): Write => ({
  kind: 'act',
  action: action === 'change-any' ? 'change-amount' : action,
  id,
  user: { name: by, tenant: TENANT },
  key,
  version: undefined,
  ifMatch,
  input,
});

/** A read of a payout, by a function of its own. */
export const reading = (name: string, id: string): Order =>
  requested(name, {
    by: { subject: 'alice', tenant: TENANT },
    scopes: 'payouts:* operations:*',
    parameters: { payoutId: id },
  });

/** What was asked and answered before a scenario began. */
export interface Asked {
  readonly write: Write;
  readonly answer: Answered;
}

/** A world in which some have acted, one after the other. */
export class Prelude {
  readonly asked: Asked[] = [];
  readonly #stand: Stand;
  readonly #surroundings: Surroundings;
  world: World;

  constructor(stand: Stand, world: World, surroundings: Surroundings = tables) {
    this.#stand = stand;
    this.world = world;
    this.#surroundings = surroundings;
  }

  /** @throws Error for a refusal */
  async act(ask: Ask): Promise<Answered> {
    const order = orderOf(`before.${this.asked.length}`, ask, BEGIN_MS + this.asked.length);
    const { world, ended } = await alone(
      this.#stand.function(`payouts-${ask.action}`),
      order,
      this.world,
      this.#surroundings,
    );
    const answer = answerIn(ended);
    if (answer === undefined || answer.status >= 300)
      throw new Error(`${ask.action} was not done: ${JSON.stringify(ended)}`);
    this.world = world;
    this.asked.push({ write: writeOf(ask), answer });
    return answer;
  }
}
