import { type AddressInfo, createServer, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import bank from '../../../functions/partners/bank.ts';
import type { Outcome } from '../../../lib/holdfast/core/partners/outcome.ts';
import { callPartner } from '../../../lib/holdfast/testing/partner/call-partner.ts';

const BOOKED = '{"status":"BOOKED"}';
const JSON_TYPE = 'Content-Type: application/json\r\n';

/** The connection breaks, instead of ending. */
const RESET = Buffer.alloc(0);

/** What the bank's bytes, as they are, make of a transfer. */
async function outcomeOf(...parts: (string | Buffer)[]): Promise<Outcome['kind']> {
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    sockets.add(socket.on('error', () => undefined));
    socket.once('data', () => {
      for (const part of parts) {
        // After what was written before has gone out.
        if (part === RESET) setImmediate(() => socket.resetAndDestroy());
        else socket.write(part);
      }
      if (parts.at(-1) !== RESET) socket.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const command = { name: 'transfer', reference: 'po_1-b1', input: {} };
  const { kind } = await callPartner({ ...bank, timeoutMs: 20_000 }, 'send', command, url);
  expect(connections).toBe(1);
  for (const socket of sockets) socket.destroy();
  await new Promise((resolve) => server.close(resolve));
  return kind;
}

const ok = (
  body: string | Buffer,
  headers = JSON_TYPE,
  length = Buffer.byteLength(body),
  status = '200 OK',
) => [`HTTP/1.1 ${status}\r\n${headers}Content-Length: ${length}\r\n\r\n`, body];

const utf16 = Buffer.from(`\ufeff${BOOKED}`, 'utf16le');

describe('what a partner answers on the wire', () => {
  test.each<[string, (string | Buffer)[]]>([
    ['plain', ok(BOOKED)],
    ['a byte order mark before it', ok(`\ufeff${BOOKED}`)],
    [
      'after 100 Continue and 103 Early Hints',
      ['HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n', ...ok(BOOKED)],
    ],
    [
      'chunked, with trailers',
      [
        `HTTP/1.1 200 OK\r\n${JSON_TYPE}Transfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n13\r\n${BOOKED}\r\n0\r\nX-Sum: 1\r\n\r\n`,
      ],
    ],
    ['HTTP/1.0, to the end of its connection', [`HTTP/1.0 200 OK\r\n${JSON_TYPE}\r\n`, BOOKED]],
    ['a charset of UTF-8 in quotes', ok(BOOKED, 'Content-Type: application/json; charset="UTF-8"\r\n')],
    ['problem details of a type of its own', ok(BOOKED, 'Content-Type: application/vnd.bank+json\r\n')],
  ])('%s: is done', async (_, bytes) => {
    expect(await outcomeOf(...bytes)).toBe('succeeded');
  });

  test.each<[string, (string | Buffer)[]]>([
    ['another charset', ok(BOOKED, 'Content-Type: application/json; charset=latin1\r\n')],
    ['two media types', ok(BOOKED, 'Content-Type: text/html\r\nContent-Type: application/json\r\n')],
    [
      'two media types, JSON first',
      ok(BOOKED, 'Content-Type: application/json\r\nContent-Type: text/html\r\n'),
    ],
    ['no media type', ok(BOOKED, '')],
    ['UTF-16', ok(utf16)],
    ['gzip', ok(gzipSync(BOOKED), `${JSON_TYPE}Content-Encoding: gzip\r\n`)],
    ['gzip that is none', ok(BOOKED, `${JSON_TYPE}Content-Encoding: gzip\r\n`)],
    [
      'a transfer coding',
      [`HTTP/1.1 200 OK\r\n${JSON_TYPE}Transfer-Encoding: gzip\r\n\r\n`, gzipSync(BOOKED)],
    ],
    [
      '206 Partial Content',
      ok(BOOKED, `${JSON_TYPE}Content-Range: bytes 0-18/40\r\n`, 19, '206 Partial Content'),
    ],
    ['204 with a body', ok(BOOKED, JSON_TYPE, 19, '204 No Content')],
    ['207 Multi-Status', ok(BOOKED, JSON_TYPE, 19, '207 Multi-Status')],
    ['304', ok(BOOKED, JSON_TYPE, 19, '304 Not Modified')],
    [
      '101 Switching Protocols',
      ['HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n', BOOKED],
    ],
    ['fewer bytes than its length', ok(BOOKED, JSON_TYPE, 40)],
    ['more bytes than its length', ok(`${BOOKED} `, JSON_TYPE, 18)],
    [
      'two lengths',
      [`HTTP/1.1 200 OK\r\n${JSON_TYPE}Content-Length: 19\r\nContent-Length: 18\r\n\r\n${BOOKED}`],
    ],
    [
      'a length and chunks',
      [
        `HTTP/1.1 200 OK\r\n${JSON_TYPE}Content-Length: 19\r\nTransfer-Encoding: chunked\r\n\r\n13\r\n${BOOKED}\r\n0\r\n\r\n`,
      ],
    ],
    [
      'chunks without the last one',
      [`HTTP/1.1 200 OK\r\n${JSON_TYPE}Transfer-Encoding: chunked\r\n\r\n13\r\n${BOOKED}\r\n`],
    ],
    [
      'a chunk that is cut',
      [`HTTP/1.1 200 OK\r\n${JSON_TYPE}Transfer-Encoding: chunked\r\n\r\n20\r\n${BOOKED}`],
    ],
    ['HTTP/1.0 that ends in its midst', [`HTTP/1.0 200 OK\r\n${JSON_TYPE}\r\n`, BOOKED.slice(0, -1)]],
    ['HTTP/1.0 of which the connection breaks', [`HTTP/1.0 200 OK\r\n${JSON_TYPE}\r\n`, BOOKED, RESET]],
    ['HTTP/0.9', [BOOKED]],
    [
      'a header in two lines',
      [
        `HTTP/1.1 200 OK\r\nX-A: 1\r\n 2\r\n${JSON_TYPE}Content-Length: 19\r\n\r\n${BOOKED}`.replace(
          'Content-Type',
          'X-B: 1\r\n Content-Type',
        ),
      ],
    ],
    ['bare line feeds', [`HTTP/1.1 200 OK\nContent-Type: application/json\nContent-Length: 19\n\n${BOOKED}`]],
    [
      '17 KB of headers',
      [`HTTP/1.1 200 OK\r\nX-A: ${'a'.repeat(17 * 1024)}\r\n${JSON_TYPE}Content-Length: 19\r\n\r\n${BOOKED}`],
    ],
    ['a success in a 500', ok(BOOKED, JSON_TYPE, 19, '500 Internal Server Error')],
    ['a status of four digits', ok(BOOKED, JSON_TYPE, 19, '2000 OK')],
    [
      'a refusal in a 500',
      ok('{"status":"ERROR","code":"AC04"}', JSON_TYPE, 32, '500 Internal Server Error'),
    ],
    ['a 429 with a word of its own', ok('{"status":"QUEUED"}', JSON_TYPE, 19, '429 Too Many Requests')],
    ['a 429 that is cut', ok('{}', JSON_TYPE, 10, '429 Too Many Requests')],
    ...[
      '{"status":"booked"}',
      '{"status":" BOOKED"}',
      '{"status":"BOOKED "}',
      '{"status":"BOOKED\\u0000"}',
      '{"status":"BO\\u041eKED"}',
      '{"status":"\\uff22OOKED"}',
      '{"status":["BOOKED"]}',
      '{"status":{"code":"BOOKED"}}',
      '{"Status":"BOOKED"}',
      '[{"status":"BOOKED"}]',
      '"BOOKED"',
      '{"status":"BOOKED","code":"AC04"}',
      '{"status":"BOOKED","code":false}',
      '{"status":"BOOKED","code":""}',
      '{"status":"BOOKED","st\\u0061tus":"NOT_FOUND"}',
      '{"status":"BOOKED"}{"status":"BOOKED"}',
      '{"status":"BOOKED"},',
      "{'status':'BOOKED'}",
      '{"__proto__":{"status":"BOOKED"}}',
      '{"constructor":{"status":"BOOKED"}}',
      '{"status":"constructor"}',
      '{"status":"toString"}',
      '{"status":"__proto__"}',
      '{"status":"ERROR/AC04"}',
      '{"status":"ERROR","code":"AC04/x"}',
      '{"status":"ERROR","code":["AC04"]}',
      '{"status":"ERROR","code":"ac04"}',
      '{"code":"AC04"}',
      '{"status":null,"code":"AC04"}',
      '{"status":"NOT_FOUND"}',
    ].map((body): [string, (string | Buffer)[]] => [body, ok(body)]),
  ])('%s: is unknown', async (_, bytes) => {
    expect(await outcomeOf(...bytes)).toBe('unknown');
  });
});
