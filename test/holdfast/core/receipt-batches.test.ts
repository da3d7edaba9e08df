import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  type Batch,
  decodeBatches,
  encodeBatches,
  markOf,
  mayHold,
} from '../../../lib/holdfast/core/decisions/receipt-batches.ts';
import { keyHash } from '../../../lib/holdfast/core/requests/idempotency-key.ts';

const batch = fc.record({
  id: fc.uint8Array({ minLength: 6, maxLength: 6 }).map((bytes) => Buffer.from(bytes).toString('base64url')),
  until: fc.nat(2 ** 31),
  marks: fc.array(fc.nat(65_535), { minLength: 1, maxLength: 16 }),
});

describe('batches of receipts that have left', () => {
  test('are read as they were written, and take 39 bytes for fourteen', () => {
    fc.assert(
      fc.property(fc.array(batch, { maxLength: 64 }), (batches) => {
        expect(decodeBatches(encodeBatches(batches))).toEqual(batches);
      }),
    );
    const marks = Array.from({ length: 14 }, (_, i) => i);
    expect(encodeBatches([{ id: 'AAAAAAAA', until: 1, marks }])).toHaveLength(39);
    expect(decodeBatches(undefined)).toEqual([]);
  });

  test('are looked into for a key alone whose mark they have, and until they expire', () => {
    const [mine, other] = [keyHash('mine'), keyHash('other')];
    const held: Batch = { id: 'AAAAAAAA', until: 100, marks: [markOf(mine)] };
    const strange: Batch = { id: 'BBBBBBBB', until: 100, marks: [markOf(other)] };

    expect(mayHold([held, strange], mine, 100_000)).toEqual([held]);
    expect(mayHold([held, strange], mine, 100_001)).toEqual([]);
  });
});
