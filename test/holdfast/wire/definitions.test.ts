import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Answer, freshKey, type User } from '../support/client.ts';
import { type Copy, copyRepository } from '../support/copy.ts';
import { type Service, signIn, startService } from '../support/service.ts';

// A resource as a team would add it, with internal members named as the kit's own are, and an action for each fault.
const FILES = {
  'resource.ts': `import * as z from 'zod';
import { defineResource, money, text } from 'holdfast';

export default defineResource({
  name: 'orders',
  singular: 'order',
  idPrefix: 'or',
  states: ['open'],
  members: z.object({ total: money, place: text({ max: 40 }).optional() }),
  internal: z.object({ subject: text({ max: 40 }), machine: z.int().optional() }),
});
`,
  'create.ts': `import * as z from 'zod';
import { defineAction, money } from 'holdfast';
import orders from './resource.ts';

export default defineAction({
  resource: orders,
  name: 'create',
  summary: 'Place an order.',
  scope: 'orders:create',
  to: 'open',
  input: z.object({ total: money }),
  decide: ({ input }) => ({ total: input.total, subject: 'hidden-first' }),
});
`,
  'weigh.ts': `import * as z from 'zod';
import { defineAction } from 'holdfast';
import orders from './resource.ts';

export default defineAction({
  resource: orders,
  name: 'weigh',
  summary: 'Weigh an order.',
  scope: 'orders:weigh',
  from: ['open'],
  to: 'open',
  input: z.object({}),
  decide: ({ current }) => ({ place: current.subject, subject: 'hidden-second', machine: 7 }),
});
`,
  'spoil.ts': `import * as z from 'zod';
import { defineAction } from 'holdfast';
import orders from './resource.ts';

export default defineAction({
  resource: orders,
  name: 'spoil',
  summary: 'Return what is no money.',
  scope: 'orders:spoil',
  from: ['open'],
  to: 'open',
  input: z.object({}),
  decide: () => ({ total: { currency: 'EUR', value: '4000' } }),
});
`,
  'judge.ts': `import * as z from 'zod';
import { defineAction, text } from 'holdfast';
import orders from './resource.ts';

export default defineAction({
  resource: orders,
  name: 'judge',
  summary: 'Judge by a rule that throws.',
  scope: 'orders:judge',
  from: ['open'],
  to: 'open',
  input: z.object({ place: text({ max: 40 }).refine((value) => JSON.parse(value)).optional() }),
  decide: ({ input }) => ({ place: input.place ?? null }),
});
`,
};

let copy: Copy;
let service: Service;
let alice: User;
let placed: Answer;
beforeAll(async () => {
  copy = await copyRepository();
  const folder = 'functions/actions/orders';
  await mkdir(join(copy.root, folder));
  for (const [file, text] of Object.entries(FILES)) await copy.write(`${folder}/${file}`, text);
  service = await startService({ root: copy.root });
  alice = await signIn(service.url, { scopes: 'orders:*' });
  placed = await alice.post('/orders', {
    key: freshKey(),
    body: { total: { currency: 'EUR', value: '1.00' } },
  });
}, 120_000);
afterAll(async () => {
  await service?.end();
  await copy?.remove();
});

const act = (name: string, on: Answer, key = freshKey(), body = {}) =>
  alice.post(`/orders/${on.json.id}/${name}`, { key, ifMatch: on.etag, body });

test('C1: a result that the members do not declare is an internal error that names the member, and stores nothing', async () => {
  const spoiled = await act('spoil', placed);
  const read = await alice.get(`/orders/${placed.json.id}`);
  const [line] = await service.line(/.*decide of 'spoil' gave.*/);

  expect(spoiled).toMatchObject({
    status: 500,
    json: {
      code: 'internal-error',
      detail: expect.stringContaining("decide of 'spoil' gave 'total.value' a value that its schema refuses"),
    },
  });
  expect(read).toMatchObject({ status: 200, text: placed.text, etag: placed.etag });
  expect(line).toContain('total.value');
});

test('a rule of an input that throws is an internal error that names the action and the member, and stores nothing', async () => {
  const fault = "the input of 'judge' makes a rule of 'place' throw (SyntaxError)";

  const judged = await act('judge', placed, freshKey(), { place: 'here' });
  const read = await alice.get(`/orders/${placed.json.id}`);
  const [line] = await service.line(/.*input of 'judge' makes.*/);

  expect(judged).toMatchObject({
    status: 500,
    json: { code: 'internal-error', detail: expect.stringContaining(fault) },
  });
  expect(judged.headers.get('Content-Type')).toContain('application/problem+json');
  expect(read).toMatchObject({ status: 200, text: placed.text, etag: placed.etag });
  expect(line).toContain(fault);
});

test('C3: internal members are kept from one action to the next, and are in no answer, no replay and no history', async () => {
  const key = freshKey();
  const weighed = await act('weigh', placed, key);
  const replayed = await act('weigh', placed, key);
  const again = await act('weigh', weighed);
  const answers = [placed, weighed, replayed, again];
  let history = await alice.get(`/orders/${placed.json.id}/history`);
  for (const end = Date.now() + 30_000; history.json.completeToVersion !== 3 && Date.now() < end; ) {
    await delay(100);
    history = await alice.get(`/orders/${placed.json.id}/history`);
  }
  const listed = await alice.get('/orders');

  expect(answers.map(({ status, json }) => [status, json.place])).toEqual([
    [201, undefined],
    [200, 'hidden-first'],
    [200, 'hidden-first'],
    [200, 'hidden-second'],
  ]);
  expect(history.json).toMatchObject({ completeToVersion: 3, currentVersion: 3 });
  for (const { text } of [...answers, history, listed]) expect(text).not.toMatch(/"(subject|machine)"/);
  expect(history.text).not.toContain('hidden-');
});
