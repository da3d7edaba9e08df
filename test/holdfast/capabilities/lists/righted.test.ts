import { once } from 'node:events';
import { createServer } from 'node:http';
import { text as textOf } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { putRight } from '../../../../lib/holdfast/backfill/put-right.ts';
import { localClient } from '../../../../lib/holdfast/local/dynamodb/dynamodb.ts';
import { loadRegistry } from '../../../../lib/holdfast/service/registry.ts';
import { alone } from '../../../../lib/holdfast/testing/explore/alone.ts';
import { tables } from '../../../../lib/holdfast/testing/explore/fates.ts';
import { answerIn, BEGIN_MS, requested } from '../../../../lib/holdfast/testing/explore/http.ts';
import { Stand } from '../../../../lib/holdfast/testing/explore/stand.ts';
import { World } from '../../../../lib/holdfast/testing/explore/store/world.ts';
import { attributesOf, tornIn } from '../../explore/torn.ts';
import payouts from './explored/payouts.ts';
import { SUBJECTS } from './explored.ts';

// What gives an item its keys meets an action on it, before any of its calls.

let stand: Stand;
let world: World;
/** Told of each call of the backfill before it is done. */
let meets: () => Promise<void>;

const server = createServer(async (request, response) => {
  const body = await textOf(request);
  await meets();
  const reply = tables.serve(world, { what: String(request.headers['x-amz-target']), body });
  world = reply.world;
  response.writeHead(reply.status, { 'Content-Type': 'application/x-amz-json-1.0' }).end(reply.body);
});

beforeAll(async () => {
  const names = ['payouts-file', 'payouts-label', 'payouts-label-before'];
  stand = await Stand.of(await loadRegistry(), names, { more: SUBJECTS });
  await once(server.listen(0, '127.0.0.1'), 'listening');
});
afterAll(async () => {
  server.close();
  await stand?.close();
});

/** Does an action, while the backfill waits. */
async function act(action: string, key: string, input: object, id?: string): Promise<string> {
  const order = requested(
    key,
    {
      by: { subject: 'alice', tenant: 'acme' },
      scopes: 'payouts:*',
      ...(id && { parameters: { payoutId: id } }),
      headers: { 'Idempotency-Key': key, ...(id && { 'If-Match': '*' }) },
      body: JSON.stringify(input),
    },
    BEGIN_MS,
  );
  const done = await alone(stand.function(`payouts-${action}`), order, world, tables);
  const { status = 0, text = '{}' } = answerIn(done.ended) ?? {};
  expect(status).toBeLessThan(300);
  world = done.world;
  return JSON.parse(text).id;
}

test.each([0, 1, 2])(
  'whatever is written before call %i of a backfill stands, with keys that are those of its members',
  async (before) => {
    world = new World();
    const id = await act('file', 'a', { reference: 'a' });
    await act('label-before', 'b', { reference: 'b', note: null }, id);
    const name = `RecordsTable/payouts#acme#${id}`;
    const found = attributesOf(world.get(name) ?? '{}');
    let calls = 0;
    meets = async () => {
      const n = calls++;
      if (n > before) return;
      // Whoever writes it leaves it with its keys, and a release that has no lists with old ones.
      const [action, key] = [n === before ? 'label' : 'label-before', `c${n}`];
      await act(action, key, { reference: key, note: key }, id);
    };
    const { port = 0 } = Object(server.address());
    const client = localClient(`http://127.0.0.1:${port}`);

    await putRight({ client, TableName: 'RecordsTable' }, payouts, found);
    client.destroy();

    expect(calls).toBeGreaterThan(before);
    expect(attributesOf(world.get(name) ?? '{}').data?.M).toMatchObject({ note: { S: `c${before}` } });
    expect(await tornIn(world, payouts)).toBeUndefined();
  },
);
