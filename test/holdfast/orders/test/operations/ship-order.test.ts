import { describe, expect, test } from '@jest/globals';
import operation from '../../functions/operations/ship-order.ts';

describe('ship-order', () => {
  test('calls its partners in order, and can be cancelled until the last', () => {
    const steps = operation.steps.map(({ partner, pointOfNoReturn = false }) => [
      partner.name,
      pointOfNoReturn,
    ]);

    expect(steps).toEqual([
      ['printer', false],
      ['carrier', true],
    ]);
  });

  test.each(['printer', 'carrier'])('tells %s which order it is about', (name) => {
    const step = operation.steps.find(({ partner }) => partner.name === name);

    const input = step?.input({ id: 'or_1' } as Parameters<typeof step.input>[0]);

    expect(input).toEqual({ order: 'or_1' });
  });
});
