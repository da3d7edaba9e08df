import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fullJitterMs } from '../../../lib/holdfast/core/partners/retry-policy.ts';

const policy = { baseMs: 20, capMs: 500 };

describe('full jitter', () => {
  test('waits less than a ceiling that doubles with each attempt, up to its cap', () => {
    const almostOne = 1 - Number.EPSILON;
    const ceilings = [0, 1, 2, 3, 4, 5, 6].map((attempt) =>
      Math.ceil(fullJitterMs(policy, attempt, almostOne)),
    );

    expect(ceilings).toEqual([20, 40, 80, 160, 320, 500, 500]);
  });

  test('never waits longer than its cap, nor less than nothing, however many attempts there were', () => {
    const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

    fc.assert(
      fc.property(fc.nat({ max: 5_000 }), random, (attempt, drawn) => {
        const waitMs = fullJitterMs(policy, attempt, drawn);

        expect(waitMs).toBeGreaterThanOrEqual(0);
        expect(waitMs).toBeLessThan(500);
      }),
    );
  });

  test('spreads evenly: half of what is drawn waits half of the ceiling', () => {
    expect(fullJitterMs(policy, 2, 0.5)).toBe(40);
    expect(fullJitterMs(policy, 2, 0)).toBe(0);
  });
});
