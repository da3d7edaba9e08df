import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@jest/globals';
import { loadRegistry } from '../../../../lib/holdfast/service/registry.ts';
import { examplesOf } from '../../../../lib/holdfast/testing/examples.ts';
import { Scene } from '../../../../lib/holdfast/testing/scene/scene.ts';
import service from '../../../../lib/service.ts';
import examples from '../../../examples.ts';

const registry = await loadRegistry();
const [create] = registry.resources.flatMap(({ actions }) =>
  actions.map(({ definition }) => definition).filter(({ from }) => from === undefined),
);

/** Performs an action of the suite against a server that answers 503 so often first; tells what it was asked under. */
async function perform(refusals: number, problem: { readonly status: number; readonly recovery: string }) {
  const keys: unknown[] = [];
  const server = createServer(({ url, headers }, response) => {
    const isDocument = url === '/openapi.json';
    if (!isDocument) keys.push(headers['idempotency-key']);
    const isRefused = !isDocument && keys.length <= refusals;
    response.writeHead(isRefused ? problem.status : 200, { 'Retry-After': '0' });
    response.end(JSON.stringify(isRefused ? problem : {}));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const scene = new Scene(service, registry, examplesOf(registry, examples), false);
  try {
    await scene.open(`http://127.0.0.1:${port}`);
    if (create === undefined) throw new Error('no action makes anything');
    const { status } = await scene.perform(create, undefined);
    return { status, asked: keys.length, keys: new Set(keys).size };
  } finally {
    server.close();
  }
}

const busy = { status: 503, recovery: 'retry' };

test('the suite sends what a 503 says to retry once more under the same key, as its contract tells clients to', async () => {
  expect(await perform(2, busy)).toEqual({ status: 200, asked: 3, keys: 1 });
});

test('the suite takes the sixth 503 to one request for its answer', async () => {
  expect(await perform(100, busy)).toEqual({ status: 503, asked: 6, keys: 1 });
});

test.each([
  { status: 503, recovery: 'stop' },
  { status: 409, recovery: 'retry' },
])('the suite sends what is answered %j once', async (problem) => {
  expect(await perform(1, problem)).toEqual({ status: problem.status, asked: 1, keys: 1 });
});
