import type { Action } from '../../core/definitions/define-action.ts';
import { constraintsOf } from '../../core/definitions/resource-extension.ts';
import { nameOf } from '../examples.ts';
import type { Scene } from '../scene/scene.ts';
import type { Asked } from './asked.ts';
import { liveGround } from './refusals.ts';

/** The input of one request once more, of another resource and under another key: the one that is refused. */
export async function* refusedToSecond(scene: Scene, action: Action, tenant: string): AsyncGenerator<Asked> {
  const ground = liveGround(scene, action, tenant);
  const first = await ground.ask(await ground.on(), {});
  await ground.send(first);
  yield await ground.ask(await ground.on(), { body: first.sent.body });
}

/** Why nobody can know that an action takes what only one resource may have. */
export function unsureOfSecond({ resource, from, input }: Action): string | undefined {
  const members = constraintsOf(resource).flatMap((rule) => rule.members);
  if (from === undefined || members.some((name) => Object.hasOwn(input.shape, name))) return undefined;
  return `if the action sets ${members.join(' or ')}, and its input says what to`;
}

/** What to do where the second was refused nothing. */
export const toldOfSecond = (action: Action): string =>
  `the example of '${nameOf(action)}' sets no member of a rule, as ${constraintsOf(action.resource)
    .map(({ name }) => name)
    .join(', ')}; give it one in test/examples.ts, or choose an action that does by --action`;
