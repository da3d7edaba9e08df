import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { listenHere } from '../../local/listening.ts';

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
  const partner: ScriptedPartner = {
    url: await listenHere(server),
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

/** What comes of `use` while a partner answers. */
export async function withPartner<T>(
  respond: Respond,
  use: (partner: ScriptedPartner) => Promise<T>,
): Promise<T> {
  const partner = await scriptedPartner(respond);
  try {
    return await use(partner);
  } finally {
    await partner[Symbol.asyncDispose]();
  }
}
