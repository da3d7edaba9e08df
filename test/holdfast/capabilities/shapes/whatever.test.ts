import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { formOf } from '../../../../lib/holdfast/core/definitions/resource-extension.ts';
import { priced, reading, writing } from './releases.ts';

const RELEASES = { reading, writing, priced };

const form = (release: keyof typeof RELEASES) => {
  const found = formOf(RELEASES[release].tickets);
  if (found === undefined) throw new Error('it has no shapes');
  return found;
};

/** Members as a decision leaves them, and as they were kept before. */
const decisions = fc.record({
  release: fc.constantFrom('reading', 'writing', 'priced'),
  members: fc.record({ buyerId: fc.string(), note: fc.string(), price: fc.integer() }, { requiredKeys: [] }),
  shape: fc.constantFrom(undefined, 1, 2),
});

test('whatever is decided, by whichever release, is read again as it was decided or refused, and never kept in an older shape than before', () => {
  fc.assert(
    fc.property(decisions, ({ release, members, shape }) => {
      const { read, store } = form(release);
      let kept: Readonly<Record<string, unknown>>;
      try {
        kept = store(members, shape === undefined ? undefined : { '#shape': shape });
      } catch (error) {
        expect(String(error)).toContain('would not be what was decided');
        return;
      }
      expect(read(kept)).toEqual(release === 'priced' ? { price: 0, ...members } : members);
      expect(kept['#shape'] ?? 1).toBeGreaterThanOrEqual(shape ?? 1);
    }),
    { numRuns: 2_000 },
  );
});
