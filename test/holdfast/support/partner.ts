import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One answer of a scripted partner. */
export type Respond = (response: ServerResponse, request: IncomingMessage) => void;

/** A partner that answers as it is told, over HTTP, and keeps what it was sent. */
export interface ScriptedPartner extends AsyncDisposable {
  readonly url: string;
  /** What it answers from now on. */
  respond: Respond;
  /** Every request: method and path. */
  readonly requests: string[];
  readonly headers: IncomingMessage['headers'][];
  readonly bodies: unknown[];
}

/** An answer in JSON, or in what the headers say. */
export const answer =
  (status: number, body: unknown, headers: Record<string, string> = {}): Respond =>
  (response) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(text);
  };

/** Serves it on a free port of this machine, until it is disposed of. */
export async function scriptedPartner(respond: Respond = answer(200, {})): Promise<ScriptedPartner> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    partner.requests.push(`${request.method} ${request.url}`);
    partner.headers.push(request.headers);
    if (chunks.length > 0) partner.bodies.push(JSON.parse(Buffer.concat(chunks).toString()));
    partner.respond(response, request);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const partner: ScriptedPartner = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    respond,
    requests: [],
    headers: [],
    bodies: [],
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return partner;
}

/** Lines that are written to standard output and error meanwhile; they are not shown. */
export async function linesWritten(run: () => Promise<unknown>): Promise<readonly string[]> {
  const lines: string[] = [];
  const streams = [process.stdout, process.stderr];
  const originals = streams.map((stream) => stream.write);
  for (const stream of streams) {
    stream.write = ((chunk: string | Uint8Array, ...rest: unknown[]) => {
      lines.push(String(chunk));
      const done = rest.find((each): each is () => void => typeof each === 'function');
      done?.();
      return true;
    }) as typeof stream.write;
  }
  try {
    await run();
  } finally {
    for (const [i, stream] of streams.entries()) stream.write = originals[i] as typeof stream.write;
  }
  return lines;
}
