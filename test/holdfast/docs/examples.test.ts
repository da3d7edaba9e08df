import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import * as z from 'zod';
import submit from '../../../functions/actions/payouts/submit.ts';
import type { Action } from '../../../lib/holdfast/core/definitions/define-action.ts';
import * as amounts from '../../../lib/holdfast/core/money/amounts.ts';
import { money } from '../../../lib/holdfast/core/money/money.ts';
import type { Category, Recovery } from '../../../lib/holdfast/core/problems/problems.ts';
import { text, timestamp } from '../../../lib/holdfast/core/values/text.ts';
import { ROOT } from '../../../lib/holdfast/service/project.ts';
import { loadRegistry } from '../../../lib/holdfast/service/registry.ts';
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
  const rows = [
    ...page.matchAll(/^\| [^|`]+ \| `((?:text|z\.|timestamp|money|amounts)[^`…]*)` +\| `([^`…]+)`/gm),
  ];

  const wrong = rows.filter(([, schema = '', value = '']) => {
    const made: z.ZodType = new Function('z', 'text', 'timestamp', 'money', 'amounts', `return ${schema}`)(
      z,
      text,
      timestamp,
      money,
      amounts,
    );
    return !made.safeParse(JSON.parse(value)).success || made.safeParse({}).success;
  });

  expect(wrong.map(([row]) => row)).toEqual([]);
  expect(rows).toHaveLength(9);
});

describe('the partial refund of the page of actions', () => {
  const eur = (value: string) => ({ currency: 'EUR', value });
  let root: string;
  let refund: Action;
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'holdfast-refund-'));
    for (const shared of ['node_modules', 'package.json', 'lib'])
      await symlink(join(ROOT, shared), join(root, shared));
    await mkdir(join(root, 'functions/actions/orders'), { recursive: true });
    const page = await textOf('docs/actions.md');
    const blocks = [...page.matchAll(/^```ts\n(.*?)^```/gms)].map(([, code = '']) => code);
    const files = { 'resource.ts': "name: 'orders'", 'refund.ts': "name: 'refund'" };
    for (const [file, name] of Object.entries(files))
      await writeFile(
        join(root, 'functions/actions/orders', file),
        blocks.find((code) => code.includes(name)) ?? '',
      );
    const [orders] = (await loadRegistry(root)).resources;
    refund = orders?.actions[0]?.definition as Action;
  });
  afterAll(() => rm(root, { recursive: true, force: true }));

  test.each(['paid', 'shipped'])('leaves an order that is %s so, and keeps what was refunded', (state) => {
    const order = stored({ total: eur('100.00'), refunded: eur('0.10') }, state);

    const { next } = decide(refund, order, { amount: eur('99.90') });

    expect(next).toMatchObject({ state, version: 4 });
    expect(next.data).toMatchObject({ refunded: eur('100.00'), lastRefund: eur('99.90') });
  });

  test.each([
    [eur('99.91'), '99.90 of it is left'],
    [{ currency: 'USD', value: '1.00' }, 'the order is in EUR'],
  ])('refuses %j: %s', (amount, detail) => {
    const order = stored({ total: eur('100.00'), refunded: eur('0.10') }, 'paid');

    expect(() => decide(refund, order, { amount })).toThrow(
      expect.objectContaining({ code: 'not-refundable', occurrence: expect.objectContaining({ detail }) }),
    );
  });
});

test('what is fixed in a test of decide is as the page of actions says', async () => {
  const page = await textOf('docs/actions.md');

  const { next, changes } = decide(submit, stored({}, 'draft'), {});

  expect(rowOf(page, '`now`')).toContain(`\`${changes.submittedAt}\``);
  expect(rowOf(page, '`actor`')).toContain(`\`${changes.submittedBy}\``);
  expect(rowOf(page, 'the resource')).toContain(`\`id: '${next.id}'\`, version ${next.version - 1}`);
  expect(rowOf(page, 'the resource')).toContain(next.createdAt);
});
