import { SAME } from '../../core/definitions/reserved-names.ts';
import { keepsNote, type Transition, testInput } from './action-file.ts';
import { pairs } from './names.ts';
import { storedSides } from './sides.ts';

/** `test/actions/{resource}/{name}.test.ts`: what the generated action does, and what it refuses. */
export function actionTestFile(action: Transition): string {
  const { resource, name, from, to, sides = [] } = action;
  const noted = keepsNote(resource);
  const input = testInput(action);
  const given = sides.length === 0 ? '' : `, 'bob', {\n${storedSides(sides)}    }`;
  const touched = pairs(sides.map((side) => [side.name, side.writes]));
  // What the action is about to become is not known: the test holds what stays true when decide says more.
  const kept = noted ? `\n    expect(changes).toMatchObject({ note: 'as agreed' });` : '';
  const [leads, after] =
    to === SAME ? ['leaves %s as it is', 'state'] : [`leads from %s to ${to}`, `'${to}'`];
  return `import { describe, expect, test } from '@jest/globals';
import { decide, stored } from 'holdfast/testing';
import action from '../../../functions/actions/${resource.name}/${name}.ts';

describe('${resource.name}: ${name}', () => {
  test.each([${from.map((state) => `'${state}'`).join(', ')}])('${leads}', (state) => {
    const { next${noted ? ', changes' : ''} } = decide(action, stored({}, state), ${input}${given});

    expect(action.from).toContain(state);
    expect(next.state).toBe(${after});${kept}
  });

${
  sides.length === 0
    ? ''
    : `  test('decides on other resources too', () => {
    const touched = action.with?.touches.map(({ name, writes }) => [name, writes]);

    expect(touched).toEqual(${touched});
  });

`
}  test('refuses what it does not know', () => {
    const result = action.input.safeParse({ unknown: true });

    expect(result.success).toBe(false);
  });
});
`;
}
