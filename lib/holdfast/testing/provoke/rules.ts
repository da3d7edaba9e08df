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
      yield await ground.ask(await ground.on(state, each.after), {
        body: await scene.inputOf(each.input ?? input, tenant),
        ...(each.by !== undefined && { from: { subject: each.by } }),
      });
}

/** What of a request an example can vary: what time it is, and what has become of others, are not among it. */
const VARIED =
  'it varies what the action is sent, by whom, in which state, and by its after what the resource was brought there with; a rule that judges the time, or what became of others, is provoked by hand';

/** Why nobody can know that a rule is provoked, where its example says neither what is refused nor who sends it. */
export function unsureOfRule(scene: Scene, action: Action, code: string): string | undefined {
  const { by, refused } = scene.exampleOf(action);
  if (by !== undefined || refused?.[code] !== undefined) return undefined;
  return `if 'refused' of its example in test/examples.ts brings it about: ${VARIED}`;
}

/** What to do where a rule has refused nothing. */
export function toldOfRule(scene: Scene, action: Action, code: string): string {
  const name = nameOf(action);
  if (scene.exampleOf(action).refused?.[code] !== undefined)
    return `'refused' of the example of '${name}' in test/examples.ts does not bring it about: ${VARIED}`;
  return `no example of '${name}' is refused with it; where an input is, say which in test/examples.ts: '${name}': { …, refused: { '${code}': { input: {} } } }; ${VARIED}`;
}
