import { expect, test } from '@jest/globals';
import * as z from 'zod';
import { ApiVersions } from '../../../../lib/holdfast/core/versions/api-version.ts';
import { changeMembers } from '../../../../lib/holdfast/core/versions/define-version.ts';
import { kept } from '../../../../lib/holdfast/core/writes/keeping.ts';
import { decided } from '../../support/plans.ts';
import { products } from './shop.ts';

const renamed = (pointers: Readonly<Record<string, string>>) =>
  changeMembers({
    older: z.object({ code: z.string() }),
    newer: z.object({ sku: z.string() }),
    up: ({ code }) => ({ sku: code }),
    down: ({ sku }) => ({ code: sku }),
    pointers,
  });

/** What is told of the value that is taken, in the names of an older version. */
function toldIn(pointers: Readonly<Record<string, string>>, data: object) {
  const older = {
    version: '2026-01-01',
    summary: 'A product has a code.',
    deprecated: '2026-06-01',
    sunset: '2027-01-01',
    changes: { products: { representation: renamed(pointers) } },
  };
  const versions = new ApiVersions([older], '2026-11-01');
  const version = versions.of('2026-01-01');
  if (version === undefined) throw new Error('there is no older version');
  const { next } = decided('products#acme#pr_1', undefined, { ...data });
  const view = { transitions: [], version, versions };
  const { writes } = kept({ resource: products, pk: 'products#acme#pr_1', read: undefined, next, view });
  const [told] = writes.map(({ refusal }) => refusal?.().occurrence);
  return { errors: told?.errors, detail: told?.detail };
}

const at = (pointer: string) => ({
  errors: [{ pointer, detail: 'is taken' }],
  detail: `another product has this ${pointer.slice(1)}; send another value`,
});

test('a value that is taken is named as the version of the request names its member', () => {
  expect(toldIn({}, { sku: 'A', note: 'A' })).toEqual(at('/code'));
  expect(toldIn({ '/sku': '/codes/0' }, { sku: 'A', note: '' })).toEqual(at('/codes/0'));
});
