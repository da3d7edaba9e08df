import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  addReceipt,
  decodeReceipts,
  encodeReceipts,
  findReceipt,
  MAX_RECEIPTS,
  RECEIPT_LIFE_MS,
  type Receipt,
} from '../../functions/core/receipts.ts';

const hash = () => randomBytes(16).toString('base64url');

const receipt = (i: number, at = i): Receipt => ({
  key: hash(),
  sent: hash(),
  apiVersion: '2026-11-01',
  at,
  status: 200,
  etag: `"${i}-${randomBytes(3).toString('base64url')}"`,
  body: JSON.stringify({
    id: 'po_hkkecssdchqc6bmxzcww6eh1rv',
    state: 'draft',
    version: i,
    amount: { currency: 'EUR', value: `${1250 + i}.00` },
    beneficiary: { iban: 'DE89370400440532013000', name: 'Lovelace Ltd' },
    reference: 'Invoice 7',
    createdBy: 'alice',
    createdAt: '2026-11-25T07:02:45.894Z',
    updatedAt: new Date(1_795_600_000_000 + i * 61_337).toISOString(),
    allowedActions: ['cancel', 'change-amount', 'submit'],
  }),
});

const pinned = (at = 0): Receipt => ({ ...receipt(0, at), status: 201, pinned: true });

describe('receipts in an item', () => {
  test('survive being stored, with members that this release does not know', () => {
    const stored = [{ ...receipt(1), region: 'eu' }, pinned()];

    const read = decodeReceipts(encodeReceipts(stored));

    expect(read).toEqual(stored);
    expect(decodeReceipts(undefined)).toEqual([]);
  });

  test('are found by their key, and no other', () => {
    const receipts = [receipt(1), receipt(2)];

    expect(findReceipt(receipts, receipts[1]?.key ?? '')).toBe(receipts[1]);
    expect(findReceipt(receipts, 'other')).toBeUndefined();
  });

  test('of a full item take 1.5 kB, since their bodies repeat each other', () => {
    const full = Array.from({ length: MAX_RECEIPTS }, (_, i) => receipt(i));

    const bytes = encodeReceipts(full).length;

    expect(bytes).toBeLessThan(1536);
  });

  test('are added while there is room', () => {
    const few = Array.from({ length: MAX_RECEIPTS - 1 }, (_, i) => receipt(i));
    const added = receipt(99);

    const { kept, spilled } = addReceipt(few, added);

    expect(kept).toEqual([...few, added]);
    expect(spilled).toEqual([]);
  });

  test('leave eight at a time, the oldest first, but for the one of the create', () => {
    const full = [pinned(), ...Array.from({ length: MAX_RECEIPTS - 1 }, (_, i) => receipt(i + 1))];
    const added = receipt(99);

    const { kept, spilled } = addReceipt(full, added);

    expect(spilled).toEqual(full.slice(1, 9));
    expect(kept).toEqual([full[0], ...full.slice(9), added]);
  });

  test('older than a day are dropped without being spilled, but for the one of the create', () => {
    const full = [pinned(), ...Array.from({ length: MAX_RECEIPTS - 1 }, (_, i) => receipt(i + 1))];
    const added = receipt(99, RECEIPT_LIFE_MS + 4);

    const { kept, spilled } = addReceipt(full, added);

    expect(spilled).toEqual([]);
    expect(kept).toEqual([full[0], ...full.slice(4), added]);
  });

  test('keep their promise at any rate of actions: none younger than a day is lost, at most one add in eight spills', () => {
    const gaps = fc.array(fc.integer({ min: 0, max: RECEIPT_LIFE_MS / 6 }), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(gaps, (times) => {
        let kept: readonly Receipt[] = [pinned()];
        let at = 0;
        let spills = 0;
        const spilledKeys = new Set<string>();
        const all: Receipt[] = [];
        for (const [i, gap] of times.entries()) {
          at += gap;
          const added = receipt(i, at);
          all.push(added);
          const result = addReceipt(kept, added);
          kept = result.kept;
          spills += result.spilled.length > 0 ? 1 : 0;
          for (const { key } of result.spilled) spilledKeys.add(key);
        }
        const young = all.filter((each) => each.at + RECEIPT_LIFE_MS >= at);
        const found = (each: Receipt) =>
          spilledKeys.has(each.key) || findReceipt(kept, each.key) !== undefined;
        expect(young.every(found)).toBe(true);
        expect(kept.length).toBeLessThanOrEqual(MAX_RECEIPTS);
        expect(kept[0]?.pinned).toBe(true);
        expect(spills).toBeLessThanOrEqual(times.length / 8);
      }),
      { numRuns: 200 },
    );
  });
});
