import { createContext, runInContext } from 'node:vm';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { build } from 'esbuild';
import { mintToken } from '../../../../lib/holdfast/local/issuer.ts';
import type { createClient } from '../../../../lib/recorded/client.ts';
import { BASE_URL, freshTenant } from '../../contract/users.ts';
import { draft } from '../../support/client.ts';
import { type LossyProxy, startLossyProxy } from '../../support/lossy-proxy.ts';
import { answered } from '../../support/typed-client.ts';

/** What every browser has, and no more: nothing of Node. */
const PAGE = {
  fetch,
  Request,
  Response,
  Headers,
  FormData,
  URL,
  URLSearchParams,
  AbortController,
  AbortSignal,
  crypto,
  setTimeout,
  clearTimeout,
};

let network: LossyProxy;
beforeAll(async () => {
  network = await startLossyProxy(BASE_URL);
});
afterAll(() => network?.close());

/** The client as a page loads it. */
async function loaded(): Promise<typeof createClient> {
  const { outputFiles } = await build({
    entryPoints: ['lib/recorded/client.ts'],
    bundle: true,
    minify: true,
    format: 'iife',
    globalName: 'holdfast',
    platform: 'browser',
    write: false,
  });
  return runInContext(`${outputFiles[0]?.text}; holdfast.createClient`, createContext({ ...PAGE }));
}

test('the client runs with what a page has, and a page of any origin may send and read its headers', async () => {
  const create = await loaded();
  const token = await mintToken({
    subject: 'alice',
    tenant: freshTenant(),
    scopes: 'payouts:* operations:*',
  });
  const alice = create({ baseUrl: network.url, token });
  const made = answered(await alice.payouts.create(draft()));
  answered(await alice.payouts.submit(made.data.id, { ifMatch: made.etag }));
  await alice.operation('op_00000000000000000000000000').done();

  const preflight = await fetch(`${BASE_URL}/payouts/${made.data.id}/submit`, {
    method: 'OPTIONS',
    headers: { Origin: 'https://page.example', 'Access-Control-Request-Method': 'POST' },
  });
  const read = await fetch(`${BASE_URL}/payouts`, { headers: { Origin: 'https://page.example' } });

  const listed = (name: string, headers: Headers) => (headers.get(name) ?? '').toLowerCase().split(/,\s*/);
  const allowed = listed('Access-Control-Allow-Headers', preflight.headers);
  const own = ['authorization', 'api-version', 'content-type', 'idempotency-key', 'if-match'];
  const sent = new Set(network.requests.flatMap(({ headers }) => Object.keys(headers)));
  expect(own.filter((name) => !sent.has(name))).toEqual([]);
  expect([...own, 'if-none-match', 'prefer'].filter((name) => !allowed.includes(name))).toEqual([]);
  const exposed = listed('Access-Control-Expose-Headers', read.headers);
  expect(['etag', 'retry-after', 'idempotent-replayed'].filter((name) => !exposed.includes(name))).toEqual(
    [],
  );
});
