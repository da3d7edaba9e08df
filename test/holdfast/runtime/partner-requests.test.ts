import dns from 'node:dns';
import type { Socket } from 'node:net';
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import bank from '../../../functions/partners/bank.ts';
import { apiKey, basic, bearer, oauth2 } from '../../../lib/holdfast/core/partners/credentials.ts';
import type { Partner, PartnerContext } from '../../../lib/holdfast/core/partners/define-partner.ts';
import type { Reply } from '../../../lib/holdfast/core/partners/reply.ts';
import { linesWritten } from '../../../lib/holdfast/testing/partner/lines-written.ts';
import { answer, scriptedPartner } from '../../../lib/holdfast/testing/partner/scripted-partner.ts';
import { command, post, SECRET, sending } from '../support/bank-requests.ts';
import { closedPort, drip, rawServer } from '../support/raw-server.ts';

/** What calls prove themselves by, one after another. */
let proofs: (Readonly<Record<string, string>> | 'unavailable')[] = [];
let asked: boolean[] = [];
jest.unstable_mockModule('../../../lib/holdfast/runtime/partners/partner-credentials.ts', () => ({
  authorization: async (_: Partner, { renew = false }) => {
    asked.push(renew);
    return proofs[asked.length - 1] ?? {};
  },
  provideCredentials: () => undefined,
}));
const { callPartner } = await import('../../../lib/holdfast/testing/partner/call-partner.ts');

const success = { status: 'BOOKED' };

afterEach(() => {
  [proofs, asked] = [[], []];
  jest.restoreAllMocks();
});

describe('a request', () => {
  test('is JSON both ways, below the base URL, with the headers of the adapter', async () => {
    await using server = await scriptedPartner(answer(200, success));
    const partner = sending((request) =>
      request('PUT', '/a?b=c', { d: 1 }, { headers: { 'Idempotency-Key': 'po_1-b1' } }),
    );

    const outcome = await callPartner(partner, 'send', command, `${server.url}/base/`);

    expect(outcome).toEqual({ kind: 'succeeded' });
    expect(server.requests).toEqual(['PUT /base/a?b=c']);
    expect(server.bodies).toEqual([{ d: 1 }]);
    expect(server.headers[0]).toMatchObject({
      accept: 'application/json',
      'accept-encoding': 'identity',
      'content-type': 'application/json',
      host: new URL(server.url).host,
      'idempotency-key': 'po_1-b1',
    });
  });

  test.each([[301], [302], [303], [307], [308]])(
    'A5: that is redirected by %i is unknown, and is never followed',
    async (status) => {
      await using elsewhere = await scriptedPartner(answer(200, success));
      await using server = await scriptedPartner(answer(status, success, { Location: `${elsewhere.url}/` }));

      const outcomes = [
        await callPartner(sending(post), 'send', command, server.url),
        await callPartner(bank, 'query', command, server.url),
      ];

      expect(outcomes).toEqual([{ kind: 'unknown' }, { kind: 'unknown' }]);
      expect(elsewhere.requests).toEqual([]);
    },
  );

  test.each([
    ['an absolute URL', (url: string) => [url]],
    ['a path of another host', (url: string) => [url.replace('http:', '')]],
    ['a path that leads up', () => ['/../admin']],
    ['a header of HTTP itself', () => ['/x', undefined, { headers: { Host: 'evil.example.com' } }]],
    ['a header of its credentials', () => ['/x', undefined, { headers: { authorization: 'x' } }]],
    ['a header of two lines', () => ['/x', undefined, { headers: { 'X-A': 'b\r\nX-C: d' } }]],
    ['a body that is no JSON', () => ['/x', { n: 1n }]],
  ])('A5: with %s is not sent, and nothing that its adapter makes of that is believed', async (_, given) => {
    await using elsewhere = await scriptedPartner(answer(200, success));
    await using server = await scriptedPartner(answer(200, success));
    const partner = sending(async (request) => {
      const believable = await post(request);
      const [path = '', ...rest] = given(elsewhere.url) as [string];
      await request('POST', path, ...rest).catch(() => undefined);
      return believable;
    });

    const outcome = await callPartner(partner, 'send', command, server.url);

    expect(outcome).toEqual({ kind: 'unknown' });
    expect([server.requests, elsewhere.requests]).toEqual([['POST /transfers'], []]);
  });

  test.each([
    ['another object', async () => ({ status: 200, content: 'json' as const, body: success })],
    ['nothing', async () => undefined as unknown as Reply],
    ['an outcome', async () => ({ kind: 'succeeded' }) as unknown as Reply],
    ['a copy', async (request: PartnerContext['request']) => ({ ...(await post(request)), status: 200 })],
  ])('A1: of which an adapter returns %s instead of the reply is unknown', async (_, send) => {
    await using server = await scriptedPartner(answer(409, success));

    expect(await callPartner(sending(send), 'send', command, server.url)).toEqual({ kind: 'unknown' });
  });
});

describe('a command of which not one byte was written is unavailable', () => {
  test('where nobody listens', async () => {
    const url = `http://127.0.0.1:${await closedPort()}`;

    expect(await callPartner(sending(post), 'send', command, url)).toEqual({ kind: 'unavailable' });
  });

  test('where the name is not found', async () => {
    jest.spyOn(dns, 'lookup').mockImplementation(((_: string, __: object, done: (error: Error) => void) => {
      setImmediate(done, Object.assign(new Error(`getaddrinfo ${SECRET}`), { code: 'ENOTFOUND' }));
    }) as unknown as typeof dns.lookup);

    const outcome = await callPartner(sending(post), 'send', command, 'http://bank.invalid');

    expect(outcome).toEqual({ kind: 'unavailable' });
  });

  test('where the name is found after its time is up, and then nobody is called', async () => {
    await using server = await scriptedPartner(answer(200, success));
    const found: (() => void)[] = [];
    jest.spyOn(dns, 'lookup').mockImplementation(((
      _: string,
      __: object,
      done: (error: null, addresses: object) => void,
    ) => {
      found.push(() => done(null, [{ address: '127.0.0.1', family: 4 }]));
    }) as unknown as typeof dns.lookup);
    const url = `http://bank.invalid:${new URL(server.url).port}`;

    const outcome = await callPartner(sending(post, { timeoutMs: 100 }), 'send', command, url);
    await linesWritten(async () => {
      for (const each of found) each();
      await new Promise(setImmediate);
    });

    expect(outcome).toEqual({ kind: 'unavailable' });
    expect([found.length, server.requests]).toEqual([1, []]);
  });

  test('where TLS fails', async () => {
    await using server = await rawServer((socket) => void socket.end('no TLS here\r\n'));

    const outcome = await callPartner(sending(post), 'send', command, `https://127.0.0.1:${server.port}`);

    expect(outcome).toEqual({ kind: 'unavailable' });
  });

  test('where there are no credentials', async () => {
    await using server = await scriptedPartner(answer(200, success));
    proofs = ['unavailable'];

    expect(await callPartner(sending(post), 'send', command, server.url)).toEqual({ kind: 'unavailable' });
    expect(server.requests).toEqual([]);
  });

  test('but not where an earlier request of the same command was', async () => {
    await using server = await scriptedPartner(answer(200, {}));
    const partner = sending(async (request) => {
      await request('POST', '/begin');
      await server[Symbol.asyncDispose]();
      return request('POST', '/end');
    });

    const outcome = await callPartner(partner, 'send', command, server.url);

    expect(outcome).toEqual({ kind: 'unknown' });
  });

  test('but not where the adapter returns the one that was not sent beside one that was', async () => {
    await using server = await scriptedPartner(answer(200, success));
    proofs = ['unavailable', {}];
    const partner = sending(async (request) => {
      const unsent = await post(request);
      await post(request);
      return unsent;
    });

    expect(await callPartner(partner, 'send', command, server.url)).toEqual({ kind: 'unknown' });
  });
});

describe('a command that was begun, and of which no whole answer came in its time, is unknown', () => {
  const slow = 200;

  test.each([
    ['nothing', (_: Socket) => undefined],
    ['headers, a byte at a time', (socket: Socket) => drip(socket, 'HTTP/1.1 200 OK\r\nX-A: b')],
    [
      'a body, a byte at a time',
      (socket: Socket) => {
        socket.write('HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n');
        drip(socket, ' ');
      },
    ],
    ['interim answers', (socket: Socket) => drip(socket, 'HTTP/1.1 103 Early Hints\r\n\r\n')],
  ])('A5: it says %s', async (_, serve) => {
    await using server = await rawServer(serve);
    const begun = performance.now();

    const url = `http://127.0.0.1:${server.port}`;
    const outcome = await callPartner(sending(post, { timeoutMs: slow }), 'send', command, url);

    expect(outcome).toEqual({ kind: 'unknown' });
    expect(performance.now() - begun).toBeLessThan(slow + 500);
  });

  test('the adapter waits for more than its request, in vain', async () => {
    await using server = await scriptedPartner(answer(200, success));
    const partner = sending((request) => post(request).then(() => new Promise(() => undefined)), {
      timeoutMs: slow,
    });

    expect(await callPartner(partner, 'send', command, server.url)).toEqual({ kind: 'unknown' });
  });

  test('unless its adapter has sent nothing by then, and then it sends nothing more', async () => {
    await using server = await scriptedPartner(answer(200, success));
    let late: Promise<unknown> = Promise.resolve();
    const ended = Promise.withResolvers<void>();
    const partner = sending(
      (request) => {
        late = ended.promise.then(() => post(request));
        return new Promise(() => undefined);
      },
      { timeoutMs: slow },
    );

    const outcome = await callPartner(partner, 'send', command, server.url);
    ended.resolve();
    await linesWritten(() => late);

    expect(outcome).toEqual({ kind: 'unavailable' });
    expect(server.requests).toEqual([]);
  });
});

describe('a 401', () => {
  const credentials = { credentials: bearer() };

  const renewing = async (mode: 'send' | 'query', changes: Partial<Partner>) => {
    await using server = await scriptedPartner((response, request) =>
      answer(request.headers.authorization === 'Bearer new' ? 200 : 401, success)(response, request),
    );
    proofs = [{ Authorization: 'Bearer old' }, { Authorization: 'Bearer new' }];
    const outcome = await callPartner({ ...bank, ...changes }, mode, command, server.url);
    return { outcome, sent: server.headers.map(({ authorization }) => authorization), asked };
  };

  test.each([
    [apiKey({ header: 'Authorization' })],
    [bearer()],
    [basic()],
    [oauth2({ scopes: ['payments'] })],
  ])('of a query has it asked again, once, with new credentials: %j', async (of) => {
    expect(await renewing('query', { credentials: of })).toEqual({
      outcome: { kind: 'succeeded' },
      sent: ['Bearer old', 'Bearer new'],
      asked: [false, true],
    });
  });

  test('of a send is unknown, and nothing is sent again', async () => {
    expect(await renewing('send', credentials)).toEqual({
      outcome: { kind: 'unknown' },
      sent: ['Bearer old'],
      asked: [false],
    });
  });

  test('of a send has it sent again where it says for sure that nothing was done', async () => {
    expect((await renewing('send', { ...credentials, unauthorizedDoesNothing: true })).sent).toEqual([
      'Bearer old',
      'Bearer new',
    ]);
  });

  test('of a partner without credentials is an answer like any other', async () => {
    expect((await renewing('query', {})).sent).toEqual(['Bearer old']);
  });
});
