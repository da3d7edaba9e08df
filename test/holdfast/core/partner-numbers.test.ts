import { describe, expect, test } from '@jest/globals';
import screening from '../../../functions/partners/screening.ts';
import { definePartner } from '../../../lib/holdfast/core/partners/define-partner.ts';

describe('a definition of a partner', () => {
  const define = (changes: object) => () => definePartner({ ...screening, ...changes });

  test.each([
    { settleSeconds: Number.NaN },
    { timeoutMs: Number.NaN },
    { timeoutMs: -1 },
    { ratePerSecond: 0 },
    { idempotencyWindowSeconds: Number.NaN },
    { callbackSeconds: Number.NaN },
    { retry: { maxAttempts: Number.NaN, baseMs: 1, capMs: 1 } },
    { retry: { maxAttempts: 3, baseMs: -1, capMs: 1 } },
    { breaker: { failures: Number.NaN, openSeconds: 10 } },
  ])('is refused with a number that no comparison holds for, or no time: %j', (changes) => {
    expect(define(changes)).toThrow(/^partner 'screening': \S+ is (NaN|-1|0); give a number/);
  });
});
