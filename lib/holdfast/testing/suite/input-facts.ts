import { expect, test } from '@jest/globals';
import { type Action, stateAfter } from '../../core/definitions/define-action.ts';
import { nameOf } from '../examples.ts';
import { requiredOf, withUnknown } from '../other-input.ts';
import type { Scene, Standing } from '../scene/scene.ts';

interface Fault {
  readonly pointer: string;
  readonly detail: string;
}

/** What is refused in an action's input. */
export function inputFacts(scene: Scene, action: Action): void {
  const name = nameOf(action);
  const { resource, from } = action;
  const required = requiredOf(action);
  const state = scene.waysOf(resource).nearest.find((each) => from?.includes(each));
  const on = async (): Promise<Standing | undefined> =>
    state === undefined ? undefined : scene.standing(resource, state);

  test(`${name} refuses a member that it does not know, at any depth, a state among them`, async () => {
    const input = await scene.inputOf(scene.exampleOf(action).input);
    const cases = withUnknown(input);
    const there = await on();

    const answers = await Promise.all(cases.map(({ body }) => scene.perform(action, there, { body })));
    const withState = await scene.perform(action, there, {
      body: { ...input, state: stateAfter(action, state) },
    });

    expect(answers.map(({ json }) => [json.code, json.errors])).toEqual(
      cases.map(({ at }) => [
        'invalid-input',
        [{ pointer: at, detail: 'is not a member of the input' } satisfies Fault],
      ]),
    );
    expect(withState.json).toMatchObject({
      status: 422,
      code: 'invalid-input',
      errors: [{ pointer: '/state' }],
    });
  });

  if (required.length === 0) return;
  test(`${name} refuses an input that lacks what it needs, and lists all of it`, async () => {
    const refused = await scene.perform(action, await on(), { body: {} });

    expect(refused.json).toMatchObject({ status: 422, code: 'invalid-input', recovery: 'fix-request' });
    const pointers = (refused.json.errors as Fault[]).map(({ pointer }) => pointer);
    expect(pointers.sort()).toEqual(required.map((member) => `/${member}`).sort());
  });
}
