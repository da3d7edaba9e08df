import { describe, expect, test } from '@jest/globals';
import { compareDocuments } from '../../../../lib/holdfast/contract/compare/compare-documents.ts';
import { withoutProse } from '../../../../lib/holdfast/contract/document/document.ts';
import type { Node } from '../../../../lib/holdfast/openapi/schemas/node.ts';
import { BREAKING } from './breaking-changes.ts';
import { COMPATIBLE } from './compatible-changes.ts';
import { changesBy, document, member, type Plot, set } from './plant.ts';

describe('the contract gate', () => {
  test.each(BREAKING)('calls %s breaking, and says who breaks and how', (_, plant, id, sentence) => {
    const breaking = changesBy(plant).filter((change) => change.breaking);

    expect(breaking.map((change) => change.id)).toContain(id);
    expect(breaking.find((change) => change.id === id)?.sentence).toContain(sentence);
  });

  test.each(COMPATIBLE)('calls %s compatible', (_, plant, id) => {
    const changes = changesBy(plant);

    expect(changes.filter((change) => change.breaking)).toEqual([]);
    expect(changes.map((change) => change.id)).toContainEqual(expect.stringContaining(id));
  });

  test('finds no change where there is none, or in what is written for people', () => {
    const reworded = changesBy(({ info, paths }) => {
      info.description = 'x';
      set(paths['/payouts']?.post, { summary: 'x', description: 'x', deprecated: true });
    });

    expect(reworded).toEqual([]);
    expect(compareDocuments(document, withoutProse(document) as Node)).toEqual([]);
  });

  test('calls what it cannot tell breaking', () => {
    const other = changesBy((parts) => set(member(parts, 'CreatePayout', 'reference'), { pattern: '^x' }));
    const pattern = changesBy((parts) =>
      set((member(parts, 'CreatePayout', 'amount').properties as Plot).value, { pattern: '^1$' }),
    );

    expect([...other, ...pattern].map(({ breaking }) => breaking)).toEqual([true, true]);
  });

  test('calls an end that comes sooner breaking, and one that comes later not', () => {
    const ends = (sunset: string) => ({ ...document, info: { version: '2026-05-01', 'x-sunset': sunset } });

    const sooner = compareDocuments(ends('2027-11-01'), ends('2027-01-01'));
    const later = compareDocuments(ends('2027-11-01'), ends('2028-01-01'));

    expect(sooner).toMatchObject([
      {
        breaking: true,
        sentence: 'a client of version 2026-05-01 has until 2027-01-01, and had until 2027-11-01',
      },
    ]);
    expect(later).toMatchObject([{ breaking: false }]);
  });
});
