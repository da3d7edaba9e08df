import { describe, expect, test } from '@jest/globals';
import cancel from '../../../functions/actions/payouts/cancel.ts';
import submit from '../../../functions/actions/payouts/submit.ts';
import type { StoredResource } from '../../../lib/holdfast/core/definitions/representation.ts';
import { Problem } from '../../../lib/holdfast/core/problems/problem.ts';
import {
  checkState,
  checkVersion,
  versionMismatch,
} from '../../../lib/holdfast/core/requests/preconditions.ts';
import type { View } from '../../../lib/holdfast/core/requests/view.ts';
import { ApiVersions } from '../../../lib/holdfast/core/versions/api-version.ts';

const versions = new ApiVersions([], '2026-11-01');

const view: View = {
  transitions: [
    { name: 'cancel', from: ['draft', 'submitted'] },
    { name: 'submit', from: ['draft'] },
  ],
  version: versions.newest,
  versions,
};

const stored: StoredResource = {
  id: 'po_1',
  state: 'submitted',
  version: 2,
  commit: 'k9x2',
  createdAt: '2026-11-25T07:00:00.000Z',
  updatedAt: '2026-11-25T07:00:00.000Z',
  data: { reference: 'secret' },
};

const standing = {
  current: { state: 'submitted', version: 2, allowedActions: ['cancel'] },
  etag: '"2-k9x2"',
  resource: 'payout',
};

const problemOf = (act: () => unknown): Problem => {
  try {
    act();
  } catch (error) {
    return Problem.from(error);
  }
  throw new Error('nothing was refused');
};

const versionProblem = (ifMatch: string | undefined) =>
  problemOf(() => checkVersion(submit, view, ifMatch, stored));

describe('If-Match', () => {
  // supabase/storage#1424: a list was compared as one string.
  test.each(['"2-k9x2"', '"1-aaaa", "2-k9x2"', ' , "2-k9x2",', 'W/"2-k9x2", "2-k9x2"'])(
    'of %s has seen the version that stands',
    (ifMatch) => {
      expect(checkVersion(submit, view, ifMatch, stored)).toBe('seen');
    },
  );

  // nginx#1570: a weak tag, equal byte for byte, passed a strong comparison.
  // chroncal#418: a tag whose text begins with W/ was taken for a weak one.
  test.each(['"2-k9x"', 'W/"2-k9x2"', '"W/2-k9x2"', '"2-K9X2"', '"2"', '"1-k9x2"', '"2-k9x2;2026-11-01"'])(
    'of %s has seen another',
    (ifMatch) => {
      const { code, row, occurrence } = versionProblem(ifMatch);

      expect({ code, status: row.status }).toEqual({ code: 'version-mismatch', status: 412 });
      expect(occurrence).toEqual({
        ...standing,
        detail: 'the payout is at version 2 now; read it again',
      });
    },
  );

  test('is required', () => {
    const { code, row, occurrence } = versionProblem(undefined);

    expect({ code, status: row.status }).toEqual({ code: 'version-required', status: 428 });
    expect(occurrence.detail).toBe('send If-Match with the ETag of what was read');
  });

  test.each(['', '2-k9x2', '"2-k9x2', '*, "2-k9x2"', '"2-k9x2" "3"', 'null'])(
    'of %j lists no entity tag',
    (ifMatch) => {
      const { code, occurrence } = versionProblem(ifMatch);

      expect(code).toBe('malformed-request');
      expect(occurrence.detail).toMatch(/quotes included$/);
    },
  );

  test('of * names nothing that was seen, but for an action that is right whatever was', () => {
    const any = { ...cancel, anyVersion: true };

    expect(versionProblem('*')).toMatchObject({
      code: 'version-required',
      occurrence: { detail: expect.stringContaining('*') },
    });
    expect(checkVersion(any, view, '*', stored)).toBe('any');
    expect(checkVersion(any, view, '"2-k9x2"', stored)).toBe('seen');
    expect(problemOf(() => checkVersion(any, view, '"1-x"', stored)).code).toBe('version-mismatch');
  });
});

describe('a state', () => {
  test('that the action names permits it', () => {
    expect(checkState(cancel, view, stored)).toBeUndefined();
  });

  test('that it does not name refuses it, and tells what is possible instead', () => {
    const { code, row, occurrence } = problemOf(() => checkState(submit, view, stored));

    expect({ code, status: row.status }).toEqual({ code: 'illegal-transition', status: 409 });
    expect(occurrence).toEqual({
      ...standing,
      detail: 'submit needs state draft; the payout is submitted',
    });
  });

  test('that is refused is told which others would do', () => {
    const paid = { ...stored, state: 'paid' };

    const { occurrence } = problemOf(() => checkState(cancel, view, paid));

    expect(occurrence.detail).toBe('cancel needs state draft or submitted or approved; the payout is paid');
    expect(occurrence.current?.allowedActions).toEqual([]);
  });

  test.each(['Draft', 'draf', '', 'toString'])('of another release, %j, refuses it', (state) => {
    expect(problemOf(() => checkState(submit, view, { ...stored, state })).code).toBe('illegal-transition');
  });
});

test('what a conflict tells of the resource is its state and version, and none of its data', () => {
  const mismatch = versionMismatch(submit, view, stored);

  expect(JSON.stringify(mismatch.occurrence)).not.toContain('secret');
});
