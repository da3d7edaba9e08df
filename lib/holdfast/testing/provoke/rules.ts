import type { Action } from '../../core/definitions/define-action.ts';
import type { Refused } from '../examples.ts';
import { nameOf } from '../examples.ts';
import type { Scene } from '../scene/scene.ts';
import type { Asked } from './asked.ts';
import { liveGround } from './refusals.ts';

/** What is not known of a rule: whom it refuses. */
const tries = (people: readonly string[]): readonly Refused[] => people.map((by) => ({ by }));

/**
 * Requests of which a rule of the action refuses one: what its example says is refused with this code, else its example as
 * each person sends it.
 */
export async function* refusedByRule(
  scene: Scene,
  action: Action,
  code: string,
  tenant: string,
): AsyncGenerator<Asked> {
  const { input, refused = {} } = scene.exampleOf(action);
  const ground = liveGround(scene, action, tenant);
  const said = refused[code];
  const states = ground.ways.nearest.filter((state) => action.from?.includes(state));
  for (const each of said === undefined ? tries(scene.people) : [said])
    for (const state of each.in === undefined ? states : [each.in])
      yield ground.ask(await ground.on(state), {
        body: each.input ?? input,
        ...(each.by !== undefined && { from: { subject: each.by } }),
      });
}

/** What to do where a rule has refused nothing. */
export const toldOfRule = (action: Action, code: string): string =>
  `no example of '${nameOf(action)}' is refused with it; say which is, in test/examples.ts: '${nameOf(action)}': { …, refused: { '${code}': { input: {} } } }`;
