import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { writeRaw } from '../support/items.ts';
import { startWire, type Wire } from '../support/wire.ts';
import { fuzzBytes } from './bytes.ts';
import { liveDocuments } from './documents.ts';
import { exchange, type RawRequest } from './raw-http.ts';
import { changedSince, readStored } from './stored.ts';
import { Verdict } from './verdict.ts';

/** How many are sent: `npm run prove -- fuzz` sends more. */
const REQUESTS = 200;

/** The same seed, the same requests: `SEED=… npx jest test/holdfast/fuzz`. */
const SEED = Number(process.env.SEED ?? 20261128);

let wire: Wire;
beforeAll(async () => {
  wire = await startWire({ concurrency: 2 });
});
afterAll(() => wire?.close());

describe(`requests with faults in their bytes, seed ${SEED}`, () => {
  test('are answered as the document says, whole and in time, and store nothing where they are refused', async () => {
    const { requests, faults } = await fuzzBytes(wire, SEED, REQUESTS);

    expect(faults).toEqual([]);
    expect(requests).toBe(REQUESTS);
  });
});

test('what is stored between two looks is named, and nothing else', async () => {
  const item = { pk: { S: 'payouts#acme#po_x' }, data: { M: { a: { S: '1' }, b: { S: '2' } } } };
  await writeRaw(wire.table, item);
  const before = await readStored(wire.table);

  await writeRaw(wire.table, item);
  const same = await readStored(wire.table);
  await writeRaw(wire.table, { ...item, data: { M: { a: { S: '2' }, b: { S: '2' } } } });
  const other = await readStored(wire.table);

  expect(changedSince(before, same)).toEqual([]);
  expect(changedSince(same, other)).toEqual(['RecordsTable payouts#acme#po_x']);
});

describe('a request that was found to be answered otherwise', () => {
  const request: RawRequest = {
    method: 'GET',
    target: '/health',
    protocol: 'HTTP/1.1',
    headers: [
      ['Host', 'x'],
      ['Connection', 'close'],
    ],
    body: Buffer.alloc(0),
    framing: 'none',
  };

  test.each<[string, Partial<RawRequest>, number]>([
    ['a target that is no URL', { target: '//' }, 404],
    ['a target with a space after it', { target: '/health ' }, 200],
    ['a query parameter named __proto__', { target: '/payouts?__proto__=1' }, 401],
    ['a header named __proto__', { headers: [...request.headers, ['__proto__', 'x']] }, 200],
    [
      'a read with more than a gateway takes',
      { body: Buffer.alloc(10 * 1024 * 1024 + 1), framing: 'length' },
      413,
    ],
  ])('%s', async (_, changed, status) => {
    const sent = { ...request, ...changed };
    const verdict = new Verdict(await liveDocuments(wire.service.url));

    const outcome = await exchange(wire.service.url, sent);

    expect(outcome).toMatchObject({ status });
    expect(verdict.faults(sent, outcome)).toEqual([]);
  });

  test('is told from one that is answered as it should be', async () => {
    const verdict = new Verdict(await liveDocuments(wire.service.url));
    const answer = await exchange(wire.service.url, request);
    if (typeof answer === 'string') throw new Error(answer);
    const headers = new Headers(answer.headers);
    headers.delete('x-amzn-requestid');

    expect(verdict.faults(request, 'hung')).toEqual(['no answer came']);
    expect(verdict.faults(request, 'closed')).toHaveLength(1);
    expect(verdict.faults(request, { ...answer, headers })).toHaveLength(1);
    expect(verdict.faults(request, { ...answer, status: 500 })).toHaveLength(3);
    expect(verdict.faults(request, { ...answer, text: '{"status":"ok","at":"/functions/x"}' })).toHaveLength(
      2,
    );
    expect(verdict.faults({ ...request, target: '/nowhere' }, answer)).toHaveLength(1);
    expect(verdict.faults({ ...request, method: '' }, 'closed')).toEqual([]);
  });
});
