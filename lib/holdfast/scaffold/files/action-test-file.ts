import { SAME } from '../../core/definitions/reserved-names.ts';
import { exampleInput, keepsNote, type Transition } from './action-file.ts';

/** `test/actions/{resource}/{name}.test.ts`: what the generated action does, and what it refuses. */
export function actionTestFile({ resource, name, from, to }: Transition): string {
  const noted = keepsNote(resource);
  const input = exampleInput(resource);
  // What the action is about to become is not known: the test holds what stays true when decide says more.
  const kept = noted ? `\n    expect(changes).toMatchObject(${input});` : '';
  const [leads, after] =
    to === SAME ? ['leaves %s as it is', 'state'] : [`leads from %s to ${to}`, `'${to}'`];
  return `import { describe, expect, test } from '@jest/globals';
import { decide, stored } from 'holdfast/testing';
import action from '../../../functions/actions/${resource.name}/${name}.ts';

describe('${resource.name}: ${name}', () => {
  test.each([${from.map((state) => `'${state}'`).join(', ')}])('${leads}', (state) => {
    const { next${noted ? ', changes' : ''} } = decide(action, stored({}, state), ${input});

    expect(action.from).toContain(state);
    expect(next.state).toBe(${after});${kept}
  });

  test('refuses what it does not know', () => {
    const result = action.input.safeParse({ unknown: true });

    expect(result.success).toBe(false);
  });
});
`;
}
