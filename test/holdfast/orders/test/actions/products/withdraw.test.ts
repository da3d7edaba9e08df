import { describe, expect, test } from '@jest/globals';
import { decide, stored } from 'holdfast/testing';
import action from '../../../functions/actions/products/withdraw.ts';

describe('products: withdraw', () => {
  test.each(['on-sale'])('leads from %s to withdrawn', (state) => {
    const { next, changes } = decide(action, stored({}, state), { note: 'as agreed' });

    expect(action.from).toContain(state);
    expect(next.state).toBe('withdrawn');
    expect(changes).toMatchObject({ note: 'as agreed' });
  });

  test('refuses what it does not know', () => {
    const result = action.input.safeParse({ unknown: true });

    expect(result.success).toBe(false);
  });
});
