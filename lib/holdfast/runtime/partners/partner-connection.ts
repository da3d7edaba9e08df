import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { HttpAnswer } from '../../core/partners/reply.ts';
import { request as httpRequest } from './node-http.ts';

/** One answer tells of one command, or holds one token, which takes less than 10 KB; a longer one is not read to its end. */
const MAX_BYTES = 64 * 1024;

/** One request, as it is written. */
export interface HttpExchange {
  readonly method: string;
  readonly url: URL;
  /** By names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | undefined;
  readonly signal: AbortSignal;
}

/**
 * A connection of one request alone, over which nothing has been written: `fetch` does not tell whether a request that
 * failed had begun, and a connection that is used again may end while a request is on its way.
 * @throws Error where there is none, for DNS, TCP, TLS or time
 */
export async function connect(url: URL, signal: AbortSignal): Promise<Socket> {
  signal.throwIfAborted();
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const isTls = url.protocol === 'https:';
  const port = Number(url.port || (isTls ? 443 : 80));
  const socket = isTls
    ? connectTls({ host, port, ALPNProtocols: ['http/1.1'], ...(isIP(host) === 0 && { servername: host }) })
    : connectTcp({ host, port });
  try {
    await once(socket, isTls ? 'secureConnect' : 'connect', { signal });
    return socket;
  } catch (error) {
    socket.on('error', () => undefined).destroy();
    throw error;
  }
}

/**
 * Writes a request, and reads its answer; a redirect is an answer like any other.
 * @throws Error where no whole answer came: the request has been written, in part at least
 */
export async function exchange(
  socket: Socket,
  { method, url, headers, body, signal }: HttpExchange,
): Promise<HttpAnswer> {
  const abort = () => socket.destroy(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  try {
    const request = httpRequest({
      createConnection: () => socket,
      method,
      path: `${url.pathname}${url.search}`,
      headers: { ...headers, host: url.host, ...(body && { 'content-length': String(body.length) }) },
    });
    // What comes after the answer was given up is nobody's.
    request.on('error', () => undefined).end(body);
    const [response] = (await Promise.race([
      once(request, 'response', { signal }),
      // Which Node tells in place of an answer.
      once(request, 'upgrade', { signal }).then(() => {
        throw new Error('the partner switched protocols, which nobody asked it to');
      }),
    ])) as [IncomingMessage];
    const bytes = await readBytes(response);
    // A body that ends with its connection ends as well when the connection breaks.
    if (socket.errored) throw socket.errored;
    return {
      status: response.statusCode ?? 0,
      // A field that comes twice is both of its values: Node's own map would keep the first Content-Type.
      headers: Object.fromEntries(
        Object.entries(response.headersDistinct).map(([name, values]) => [name, values?.join(', ')]),
      ),
      bytes,
    };
  } finally {
    signal.removeEventListener('abort', abort);
    socket.on('error', () => undefined).destroy();
  }
}

/** The body of an answer. */
export async function readBytes(
  body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<Buffer<ArrayBuffer> | 'too-large'> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body) {
    length += chunk.length;
    if (length > MAX_BYTES) return 'too-large';
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
