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
  sameAsSent,
  sameInNewestForm,
} from '../../../lib/holdfast/core/decisions/receipts.ts';

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

  test('leave fourteen at a time, the oldest first, but for the one of the create', () => {
    const full = [pinned(), ...Array.from({ length: MAX_RECEIPTS - 1 }, (_, i) => receipt(i + 1))];
    const added = receipt(99);

    const { kept, spilled } = addReceipt(full, added);

    expect(spilled).toEqual(full.slice(1, 15));
    expect(kept).toEqual([full[0], ...full.slice(15), added]);
  });

  test('older than a day are dropped without being spilled, but for the one of the create', () => {
    const full = [pinned(), ...Array.from({ length: MAX_RECEIPTS - 1 }, (_, i) => receipt(i + 1))];
    const added = receipt(99, RECEIPT_LIFE_MS + 4);

    const { kept, spilled } = addReceipt(full, added);

    expect(spilled).toEqual([]);
    expect(kept).toEqual([full[0], ...full.slice(4), added]);
  });

  test('keep their promise at any rate of actions: none younger than a day is lost, at most one add in fourteen spills', () => {
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
        expect(spills).toBeLessThanOrEqual(times.length / 14);
      }),
      { numRuns: 200 },
    );
  });

  test('leave an item only when they are a day old, or in a batch that was spilled, over a thousand writes', () => {
    // Clocks of two functions differ, so that a later write may bear an earlier time.
    const gap = fc.oneof(
      fc.integer({ min: 0, max: 1_000 }),
      fc.integer({ min: -60_000, max: RECEIPT_LIFE_MS / 4 }),
      fc.constant(RECEIPT_LIFE_MS + 1),
    );
    fc.assert(
      fc.property(fc.array(gap, { minLength: 1_000, maxLength: 1_000 }), (gaps) => {
        const create = { ...blank('create', 0), pinned: true as const };
        let kept: readonly Receipt[] = [create];
        let at = 0;
        const lost: Receipt[] = [];
        let unsound = 0;
        for (const [i, step] of gaps.entries()) {
          at += step;
          const before = [...kept, blank(`k${i}`, at)];
          const result = addReceipt(kept, before.at(-1) ?? create);
          const stay = new Set([...result.kept, ...result.spilled]);
          lost.push(...before.filter((each) => !stay.has(each) && each.at + RECEIPT_LIFE_MS >= at));
          kept = result.kept;
          const sound = kept.length <= MAX_RECEIPTS && kept[0] === create;
          unsound += sound && [0, 14].includes(result.spilled.length) ? 0 : 1;
        }
        expect(lost).toEqual([]);
        expect(unsound).toBe(0);
      }),
      { numRuns: 30 },
    );
  });
});

describe('receipts of large resources', () => {
  test('deflate to a fraction though each is far larger than the small window', () => {
    const body = randomBytes(9_000).toString('base64');
    const alike = Array.from({ length: 4 }, (_, i) => ({ ...receipt(i), body }));

    expect(encodeReceipts(alike).length).toBeLessThan(1.2 * encodeReceipts(alike.slice(1, 2)).length);
  });

  // Deflate looks back 32 KB, so that bodies larger than that do not repeat each other to it. Room is counted in
  // receipts alone: with bodies of 40 KB the item is over DynamoDB's 400 KB at the tenth write, and no write to it
  // succeeds from then on, since nothing leaves a list that is not full.
  test('leave room for the resource in an item, which holds 400 KB at most', () => {
    const notes = randomBytes(30_000).toString('base64');
    const large = (i: number): Receipt => ({
      ...blank(`k${i}`, i),
      body: JSON.stringify({ version: i, notes }),
    });
    let kept: readonly Receipt[] = [];
    for (let i = 0; i < MAX_RECEIPTS; i++) kept = addReceipt(kept, large(i)).kept;

    const bytes = encodeReceipts(kept).length;

    expect(bytes).toBeLessThan(300_000);
  });
});

/** A receipt of which only key and time matter. */
const blank = (key: string, at: number): Receipt => ({
  key,
  sent: '',
  apiVersion: '2026-11-01',
  at,
  status: 200,
  etag: '"1-a"',
  body: '{}',
});

describe('a request and the receipt under its key', () => {
  const kept = { ...blank('k', 0), sent: 'as-sent', apiVersion: '2026-11-01' };

  test('are the same as sent when input and version are those it came with', () => {
    const attempt = { key: 'k', sent: 'as-sent', apiVersion: '2026-11-01' };

    expect(sameAsSent(kept, attempt)).toBe(true);
    // powertools-ts#2058: the stored answer was given without a look at what had been asked.
    expect(sameAsSent(kept, { ...attempt, sent: 'other' })).toBe(false);
    expect(sameAsSent(kept, { ...attempt, apiVersion: '2027-01-01' })).toBe(false);
  });

  test('are the same as sent when neither named a version, whichever the stage had meanwhile', () => {
    const attempt = { key: 'k', sent: 'as-sent', apiVersion: '2027-01-01', unnamed: true } as const;

    expect(sameAsSent({ ...kept, unnamed: true }, attempt)).toBe(true);
    expect(sameAsSent({ ...kept, unnamed: true }, { ...attempt, sent: 'other' })).toBe(false);
    expect(sameAsSent(kept, attempt)).toBe(false);
  });

  test('are the same in the newest form, which is as sent where nothing else is kept', () => {
    expect(sameInNewestForm(kept, 'as-sent')).toBe(true);
    expect(sameInNewestForm(kept, 'other')).toBe(false);
    expect(sameInNewestForm({ ...kept, newest: 'upgraded' }, 'upgraded')).toBe(true);
    expect(sameInNewestForm({ ...kept, newest: 'upgraded' }, 'as-sent')).toBe(false);
  });
});
