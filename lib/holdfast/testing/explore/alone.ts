import type { Surroundings } from './fates.ts';
import type { HostedFunction, Order } from './hosted-function.ts';
import type { Actor, Ended } from './scenario.ts';
import type { World } from './store/world.ts';

/** What an invocation came to that nothing disturbed, and the world that it left. */
export interface Alone {
  readonly world: World;
  readonly ended: Ended;
}

/** Invokes a function while nobody else does anything, and nothing befalls it. */
export async function alone(
  invoked: HostedFunction,
  order: Order,
  world: World,
  surroundings: Surroundings,
): Promise<Alone> {
  let moment = await invoked.begin(order);
  let left = world;
  while (moment.call !== undefined) {
    const { status, body, world: after } = surroundings.serve(left, moment.call);
    left = after;
    moment = await invoked.answer(moment, { status, body });
  }
  if (moment.ended === undefined) throw new Error('it neither calls nor ends');
  return { world: left, ended: moment.ended };
}

/** Sends an actor's request once, undisturbed. @param sending how often it was sent before */
export const send = (actor: Actor, world: World, surroundings: Surroundings, sending = 0): Promise<Alone> =>
  alone(actor.function, actor.order(sending, 0), world, surroundings);
