import { type AddressInfo, createServer, type Socket } from 'node:net';

/** Serves raw bytes, or none, on a free port. */
export async function rawServer(serve: (socket: Socket) => void) {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => undefined));
    serve(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    sockets,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A port of this machine where nobody listens. */
export async function closedPort(): Promise<number> {
  await using server = await rawServer(() => undefined);
  return server.port;
}

/** Writes a text again and again, as long as somebody listens. */
export function drip(socket: Socket, text: string): void {
  let at = 0;
  const timer = setInterval(() => socket.write(text[at++ % text.length] ?? ''), 10);
  socket.on('close', () => clearInterval(timer));
}
