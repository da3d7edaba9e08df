import { expect, test } from '@jest/globals';
import * as z from 'zod';
import submit from '../../../functions/actions/payouts/submit.ts';
import type { Category, Recovery } from '../../../lib/holdfast/core/problems/problems.ts';
import { money } from '../../../lib/holdfast/core/values/money.ts';
import { text, timestamp } from '../../../lib/holdfast/core/values/text.ts';
import { decide, stored } from '../../../lib/holdfast/testing/decide.ts';
import { textOf } from './generated.ts';

const CATEGORIES: Readonly<Record<Category, true>> = {
  validation: true,
  authorization: true,
  'not-found': true,
  conflict: true,
  dependency: true,
  limit: true,
  internal: true,
};

const RECOVERIES: Readonly<Record<Recovery, true>> = {
  'fix-request': true,
  authenticate: true,
  refresh: true,
  retry: true,
  track: true,
  stop: true,
};

/** What a page names in the row of a member. */
const rowOf = (page: string, member: string) =>
  page.split('\n').find((line) => line.startsWith(`| ${member}`)) ?? '';

test.each([
  ['`category`', CATEGORIES],
  ['`recovery`', RECOVERIES],
])('every %s that a problem may have is named where one is added', async (member, allowed) => {
  const row = rowOf(await textOf('docs/problems.md'), member);

  expect(Object.keys(allowed).filter((name) => !row.includes(`\`${name}\``))).toEqual([]);
});

test('every schema that the page of actions shows takes the value that it shows, and refuses an empty object', async () => {
  const page = await textOf('docs/actions.md');
  const rows = [...page.matchAll(/^\| [^|`]+ \| `((?:text|z\.|timestamp|money)[^`…]*)` +\| `([^`…]+)`/gm)];

  const wrong = rows.filter(([, schema = '', value = '']) => {
    const made: z.ZodType = new Function('z', 'text', 'timestamp', 'money', `return ${schema}`)(
      z,
      text,
      timestamp,
      money,
    );
    return !made.safeParse(JSON.parse(value)).success || made.safeParse({}).success;
  });

  expect(wrong.map(([row]) => row)).toEqual([]);
  expect(rows).toHaveLength(7);
});

test('what is fixed in a test of decide is as the page of actions says', async () => {
  const page = await textOf('docs/actions.md');

  const { next, changes } = decide(submit, stored({}, 'draft'), {});

  expect(rowOf(page, '`now`')).toContain(`\`${changes.submittedAt}\``);
  expect(rowOf(page, '`actor`')).toContain(`\`${changes.submittedBy}\``);
  expect(rowOf(page, 'the resource')).toContain(`\`id: '${next.id}'\`, version ${next.version - 1}`);
  expect(rowOf(page, 'the resource')).toContain(next.createdAt);
});
