import { keepsNote, type Transition } from './action-file.ts';

/** `test/actions/{resource}/{name}.test.ts`: what the generated action does, and what it refuses. */
export function actionTestFile({ resource, name, from, to }: Transition): string {
  const noted = keepsNote(resource);
  const input = noted ? "{ note: 'as agreed' }" : '{}';
  const changes = noted ? "{ note: 'as agreed' }" : '{}';
  return `import { describe, expect, test } from '@jest/globals';
import action from '../../../functions/actions/${resource.name}/${name}.ts';
import { decide, stored } from '../../support/decide.ts';

describe('${resource.name}: ${name}', () => {
  test.each([${from.map((state) => `'${state}'`).join(', ')}])('leads from %s to ${to}', (state) => {
    const { next, changes } = decide(action, stored({}, state), ${input});

    expect(action.from).toContain(state);
    expect(next.state).toBe('${to}');
    expect(changes).toEqual(${changes});
  });

  test('refuses what it does not know', () => {
    const result = action.input.safeParse({ unknown: true });

    expect(result.success).toBe(false);
  });
});
`;
}
