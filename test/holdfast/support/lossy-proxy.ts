import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ending } from './ending.ts';

/** A request on its way from a client to the service. */
export interface Passing {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What becomes of a request: it passes, or is lost, or its answer is; its answer breaks off; or another answers it. */
export type Fate =
  | 'pass'
  | 'lose-request'
  | 'lose-answer'
  | 'break-off'
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string };

/** The network between a client and the service, as bad as a test wants it. */
export interface LossyProxy {
  readonly url: string;
  /** Where the service is: another one may take its place. While none answers there, requests are lost. */
  target: string;
  /** Every request so far, in the order of arrival; a test may empty it. */
  readonly requests: Passing[];
  /** Decides on each request, and may hold it back for as long as it likes. @default each passes */
  fate: (request: Passing) => Fate | Promise<Fate>;
  close(): Promise<void>;
}

/** A proxy on a free port of 127.0.0.1. */
export async function startLossyProxy(target: string): Promise<LossyProxy> {
  const requests: Passing[] = [];
  const proxy = { target, requests, fate: (): Fate => 'pass' } as Pick<
    LossyProxy,
    'target' | 'requests' | 'fate'
  >;
  const server = createServer(async (incoming, outgoing) => {
    const request = await passing(incoming);
    requests.push(request);
    const fate = await proxy.fate(request);
    if (fate === 'lose-request') incoming.socket.destroy();
    else if (typeof fate === 'object') outgoing.writeHead(fate.status, fate.headers).end(fate.body);
    else await forward(proxy.target, request, outgoing, fate).catch(() => outgoing.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(proxy, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: ending(async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }),
  });
}

async function passing(incoming: IncomingMessage): Promise<Passing> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const { connection: _, host: __, ...headers } = incoming.headers as Record<string, string>;
  const body = Buffer.concat(chunks).toString();
  return { method: incoming.method ?? '', path: incoming.url ?? '', headers, body };
}

async function forward(
  target: string,
  { method, path, headers, body }: Passing,
  outgoing: ServerResponse,
  fate: 'pass' | 'lose-answer' | 'break-off',
) {
  const { 'content-length': _, ...sent } = headers;
  const answer = await fetch(`${target}${path}`, { method, headers: sent, ...(body !== '' && { body }) });
  const bytes = Buffer.from(await answer.arrayBuffer());
  if (fate === 'lose-answer') return outgoing.socket?.destroy();
  const { connection, 'transfer-encoding': __, ...answered } = Object.fromEntries(answer.headers);
  outgoing.writeHead(answer.status, { ...answered, 'content-length': String(bytes.length) });
  if (fate === 'pass') return outgoing.end(bytes);
  outgoing.write(bytes.subarray(0, bytes.length / 2), () => outgoing.socket?.destroy());
}
