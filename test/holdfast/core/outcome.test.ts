import { describe, expect, test } from '@jest/globals';
import { checkedOutcome } from '../../../lib/holdfast/core/partners/outcome.ts';

describe('A6: an outcome that has crossed a boundary', () => {
  test.each([
    [{ kind: 'succeeded' }],
    [{ kind: 'succeeded', result: { bookingId: 'b-1' } }],
    [{ kind: 'pending' }],
    [{ kind: 'pending', pollAfterSeconds: 2 }],
    [{ kind: 'rejected', reason: 'closed' }],
    [{ kind: 'unavailable', retryAfterSeconds: 1 }],
    [{ kind: 'unknown' }],
    [{ kind: 'not-found' }],
    [{ kind: 'not-found', askedAt: 1_800_000_000_000 }],
  ])('is what it was: %j', (outcome) => {
    expect(checkedOutcome(outcome)).toEqual(outcome);
  });

  test.each([
    [undefined],
    [null],
    ['succeeded'],
    [[]],
    [{}],
    [{ kind: 'SUCCEEDED' }],
    [{ kind: 'rejected' }],
    [{ kind: 'rejected', reason: 7 }],
    [{ kind: 'refused', reason: 'a word of a later release' }],
  ])('that is none is unknown: %j', (outcome) => {
    expect(checkedOutcome(outcome)).toEqual({ kind: 'unknown' });
  });

  test.each([
    [{ bookingId: 7 }],
    [{ bookingId: { a: 'b' } }],
    ['b-1'],
    [null],
    [{ bookingId: 'x'.repeat(5_000) }],
  ])('of a success stands without the result %j', (result) => {
    expect(checkedOutcome({ kind: 'succeeded', result })).toEqual({ kind: 'succeeded' });
  });

  test.each([[-1], ['soon'], [Number.NaN]])('heeds no wait of %j seconds', (seconds) => {
    expect(checkedOutcome({ kind: 'pending', pollAfterSeconds: seconds })).toEqual({ kind: 'pending' });
  });
});
