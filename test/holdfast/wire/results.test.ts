import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { freshKey } from '../support/client.ts';
import type { Copy } from '../support/copy.ts';
import { emptyProject } from '../support/empty-project.ts';
import { eventually } from '../support/eventually.ts';
import { type Service, signIn, startService } from '../support/service.ts';

// A service of a team whose operation has results, in the local cloud: its template, its state machine and its simulators.

const SHOP = join(import.meta.dirname, '../capabilities/results/shop');

let copy: Copy;
let service: Service;
beforeAll(async () => {
  copy = await emptyProject();
  await rm(join(copy.root, 'lib/recorded'), { recursive: true });
  for (const part of ['functions', 'lib/service.ts'])
    await cp(join(SHOP, part), join(copy.root, part), { recursive: true });
  service = await startService({ root: copy.root });
});
afterAll(async () => {
  await service?.end();
  await copy?.remove();
});

test('an order is shipped by what its partners told, and shows it as its operation does', async () => {
  const { post, get } = await signIn(service.url, { scopes: 'orders:* operations:*', tenant: 'acme' });
  const order = await post('/orders', { key: freshKey(), body: { address: '1 Mill Lane' } });
  const path = `/orders/${order.json.id}`;

  const accepted = await post(`${path}/ship`, { key: freshKey(), ifMatch: order.etag, body: {} });
  const { json: ended } = await eventually(
    'the order to be shipped',
    () => get(`/operations/${accepted.json.id}`),
    ({ json }) => json.state === 'succeeded',
  );

  const { json } = await get(path);
  expect(json).toMatchObject({ state: 'shipped', trackingNumber: expect.stringMatching(/^t-or_/) });
  expect(ended.results).toEqual({ 'hand-over': { trackingNumber: json.trackingNumber } });
});
