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
export function unsureOfSecond(action: Action): string | undefined {
  const { resource, from, input } = action;
  const members = constraintsOf(resource).flatMap((rule) => rule.members);
  if (members.length === 0)
    return `if the example gives another resource the same ${rulesOn(action).join(' or ')} in two requests`;
  if (from === undefined || members.some((name) => Object.hasOwn(input.shape, name))) return undefined;
  return `if the action sets ${members.join(' or ')}, and its input says what to`;
}

/** Names of the rules over what it changes, of its own resource and of others. */
const rulesOn = ({ resource, with: extension }: Action): readonly string[] =>
  [resource, ...(extension?.touches ?? []).map((each) => each.resource)].flatMap((each) =>
    constraintsOf(each).map(({ name }) => name),
  );

/** What to do where the second was refused nothing. */
export const toldOfSecond = (action: Action): string =>
  `the example of '${nameOf(action)}' sets no member of a rule, as ${rulesOn(action).join(', ')}; give it one in test/examples.ts, or choose an action that does by --action`;
