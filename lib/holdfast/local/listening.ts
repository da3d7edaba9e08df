import { once } from 'node:events';
import type { Server } from 'node:net';

/** Listens on 127.0.0.1. @param port 0 for any that is free. @returns the URL */
export async function listenHere(server: Server, port = 0): Promise<string> {
  await once(server.listen(port, '127.0.0.1'), 'listening');
  return urlOf(server);
}

/** Where a server of this machine listens. */
export const urlOf = (server: Server): string => `http://127.0.0.1:${portOf(server)}`;

/** @throws Error for a server that does not listen on a port */
export function portOf(server: Server): number {
  const address = server.address();
  if (typeof address === 'object' && address !== null) return address.port;
  throw new Error(`no port at ${address}; listen first`);
}
