import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PartnerContext } from '../../functions/core/define-partner.ts';

/** A partner that gives every request one answer, and keeps what it was sent. */
export interface AnsweringPartner extends AsyncDisposable {
  readonly context: PartnerContext;
  readonly bodies: readonly unknown[];
}

/** Serves it on a free port of this machine, until it is disposed of. */
export async function answering(status: number, answer: object = {}): Promise<AnsweringPartner> {
  const bodies: unknown[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    if (chunks.length > 0) bodies.push(JSON.parse(Buffer.concat(chunks).toString()));
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    context: { url, signal: AbortSignal.timeout(30_000) },
    bodies,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
