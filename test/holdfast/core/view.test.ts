import { describe, expect, test } from '@jest/globals';
import may from '../../../functions/versions/2026-05-01.ts';
import { encodeReceipts, type Receipt } from '../../../lib/holdfast/core/decisions/receipts.ts';
import { Problem } from '../../../lib/holdfast/core/problems/problem.ts';
import { receiptIn, tagsOf, type View } from '../../../lib/holdfast/core/requests/view.ts';
import { ApiVersions } from '../../../lib/holdfast/core/versions/api-version.ts';

const NEWEST = '2026-11-01';

const versions = new ApiVersions([may], NEWEST);
const view = (date: string): View => ({ transitions: [], versions, version: versions.asked(date, 0) });
const inMay = view('2026-05-01');
const inNewest = view(NEWEST);

/** As the release before versions wrote it: its members are all that there were. */
const golden: Receipt = {
  key: 'k',
  sent: 's',
  apiVersion: '2026-11-01',
  at: 0,
  status: 201,
  etag: '"1-k9x2"',
  location: '/payouts/po_1',
  pinned: true,
  body: '{"id":"po_1","state":"draft","amount":{"currency":"EUR","value":"12.50"}}',
};

/** Made in an older version: as it was sent there, and what it was in the newest. */
const old: Receipt = {
  ...golden,
  apiVersion: '2026-05-01',
  etag: '"1-k9x2;2026-05-01"',
  body: '{"id":"po_1","state":"draft","amount":1250,"currency":"EUR"}',
  inNewest: { apiVersion: '2026-11-01', body: golden.body },
};

describe('a receipt', () => {
  test('is as it was sent in the version that it was given in', () => {
    expect(receiptIn(inNewest, golden, 'payouts')).toBe(golden);
    expect(receiptIn(inMay, old, 'payouts')).toBe(old);
  });

  test('of the release before versions is answered in an older one', () => {
    expect(receiptIn(inMay, golden, 'payouts')).toMatchObject({
      etag: old.etag,
      body: old.body,
      status: 201,
    });
  });

  test('of an older version is answered in the newest as it was then, whatever the older shape could say', () => {
    const lossy = { ...old, body: '{}' };

    expect(receiptIn(inNewest, lossy, 'payouts')).toMatchObject({ etag: golden.etag, body: golden.body });
  });

  test('of an older version is read by the release before as it was sent', () => {
    const { inNewest: _, ...known } = old;

    expect(known).toEqual({ ...golden, apiVersion: '2026-05-01', etag: old.etag, body: old.body });
  });

  test('in a version that this release does not know is answered by one that does', () => {
    const next = { ...golden, apiVersion: '2027-01-01' };

    expect(() => receiptIn(inMay, next, 'payouts')).toThrow(Problem);
    expect(() => receiptIn(inMay, next, 'payouts')).toThrow('the first answer was given in 2027-01-01');
  });

  test('of an older version costs little more than one of the newest, for its bodies repeat each other', () => {
    const sixteen = (receipt: Receipt) =>
      encodeReceipts(Array.from({ length: 16 }, (_, i) => ({ ...receipt, key: `${i}`, at: i }))).length;

    expect(sixteen(old)).toBeLessThan(sixteen(golden) + 300);
  });
});

test('the tags of what is stored are one of each version', () => {
  expect(tagsOf(inMay, { version: 3, commit: 'a_-b' })).toEqual(['"3-a_-b"', '"3-a_-b;2026-05-01"']);
});
