import { connect } from 'node:net';
import type { Answer } from '../support/client.ts';

/** How the end of a body is told: truly, in chunks, not at all, or by a length that is more or less than there is. */
export type Framing = 'length' | 'chunked' | 'bad-chunks' | 'none' | 'too-long' | 'too-short' | 'both';

/** A request whose every byte is free; text is in Latin-1, so that a character is a byte. */
export interface RawRequest {
  readonly method: string;
  /** Path and query, or whatever stands there. */
  readonly target: string;
  readonly protocol: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
  readonly framing: Framing;
}

/** An answer; or the connection was closed without one, or nothing came in time. */
export type Outcome = Answer | 'closed' | 'hung';

/** The service answers in milliseconds, and waits for 20 s where `Prefer` asks it to. */
const PATIENCE_MS = 30_000;

/** Largest head that Node's server reads. */
const MAX_HEAD_BYTES = 16 * 1024;

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const FIELD_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;
const TARGET = /^(?:\/|https?:\/\/)[\x21-\x7e]*$/;
const FRAMED: readonly Framing[] = ['length', 'chunked', 'none'];

/**
 * Whether a request is HTTP/1.1 in origin or absolute form (RFC 9112), of a size that servers read. What is not never
 * reaches an API: the gateway's own front door refuses it, and so does Node's server before the local gateway.
 */
export function isHttp({ method, target, protocol, headers, framing }: RawRequest): boolean {
  const count = (wanted: string) => headers.filter(([name]) => name.toLowerCase() === wanted).length;
  const of = (wanted: string) => headers.find(([name]) => name.toLowerCase() === wanted)?.[1];
  const headBytes = headers.reduce(
    (sum, [name, value]) => sum + name.length + value.length + 4,
    target.length,
  );
  return (
    /^[A-Z-]+$/.test(method) &&
    // Tunnels, and the preface of HTTP/2.
    !['CONNECT', 'PRI'].includes(method) &&
    KNOWN_METHODS.includes(method) &&
    TARGET.test(target) &&
    protocol === 'HTTP/1.1' &&
    headers.every(([name, value]) => TOKEN.test(name) && FIELD_VALUE.test(value)) &&
    headBytes < MAX_HEAD_BYTES - 512 &&
    count('host') === 1 &&
    count('content-length') === 0 &&
    count('transfer-encoding') === 0 &&
    // An expectation that a server does not know is refused by it (RFC 9110 10.1.1).
    [undefined, '100-continue'].includes(of('expect')) &&
    FRAMED.includes(framing)
  );
}

/** Methods that Node's parser knows, as far as they are sent here. */
export const KNOWN_METHODS = [
  'GET',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'HEAD',
  'OPTIONS',
  'TRACE',
  'QUERY',
  'M-SEARCH',
];

/** The bytes of a request. */
export function bytesOf({ method, target, protocol, headers, body, framing }: RawRequest): Buffer {
  const [fields, sent] = framed(framing, body);
  const lines = [
    `${method} ${target} ${protocol}`,
    ...[...headers, ...fields].map(([name, value]) => `${name}: ${value}`),
  ];
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), sent]);
}

function framed(framing: Framing, body: Buffer): [[string, string][], Buffer] {
  const length = (bytes: number): [string, string] => ['Content-Length', String(bytes)];
  const chunk = (bytes: Buffer) =>
    Buffer.concat([Buffer.from(`${bytes.length.toString(16)};x=y\r\n`), bytes, Buffer.from('\r\n')]);
  const half = body.length >> 1;
  const chunks = Buffer.concat([
    ...[body.subarray(0, half), body.subarray(half)].filter(({ length: size }) => size > 0).map(chunk),
    Buffer.from('0\r\n\r\n'),
  ]);
  const chunked: [string, string] = ['Transfer-Encoding', 'chunked'];
  if (framing === 'none') return [[], Buffer.alloc(0)];
  if (framing === 'chunked') return [[chunked], chunks];
  if (framing === 'bad-chunks') return [[chunked], Buffer.concat([Buffer.from('zz\r\n'), body])];
  if (framing === 'both') return [[chunked, length(body.length)], chunks];
  if (framing === 'too-long') return [[length(body.length + 7)], body];
  if (framing === 'too-short') return [[length(Math.max(0, body.length - 1))], body];
  return [[length(body.length)], body];
}

/** Sends the bytes over a connection of their own, and reads what is answered. */
export async function exchange(url: string, request: RawRequest): Promise<Outcome> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  const received: Buffer[] = [];
  try {
    return await new Promise<Outcome>((resolve) => {
      const timer = setTimeout(() => resolve('hung'), PATIENCE_MS);
      const settle = (outcome: Outcome) => {
        clearTimeout(timer);
        resolve(outcome);
      };
      socket.on('data', (data) => {
        received.push(data);
        const answer = parse(Buffer.concat(received), request.method);
        if (answer !== undefined) settle(answer);
      });
      socket.on('close', () => settle('closed'));
      // A reset after the answer, by a server that does not want the rest of a body, takes nothing back.
      socket.on('error', () => settle('closed'));
      socket.write(bytesOf(request));
      // Whoever promises more than comes has to end, or would be waited for.
      if (!FRAMED.includes(request.framing)) socket.end();
    });
  } finally {
    socket.destroy();
  }
}

/** A whole answer, or undefined while more is to come. */
function parse(bytes: Buffer, method: string): Answer | undefined {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const [first = '', ...fields] = bytes.subarray(0, end).toString('latin1').split('\r\n');
  const status = Number(first.split(' ')[1]);
  const rest = bytes.subarray(end + 4);
  if (status < 200) return parse(rest, method);
  const headers = new Headers(
    fields.map((field) => [field.slice(0, field.indexOf(':')), field.slice(field.indexOf(':') + 1).trim()]),
  );
  const bodiless = method === 'HEAD' || status === 204 || status === 304;
  const length = bodiless ? 0 : Number(headers.get('Content-Length') ?? 0);
  if (rest.length < length) return undefined;
  const text = rest.subarray(0, length).toString('utf8');
  return {
    status,
    headers,
    text,
    json: text.startsWith('{') ? JSON.parse(text) : {},
    etag: headers.get('ETag') ?? '',
    replayed: headers.get('Idempotent-Replayed') === 'true',
  };
}
