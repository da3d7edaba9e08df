import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { codeOf } from '../core/values/error-code.ts';

/**
 * Serves a port of 127.0.0.1 on another address of this machine as well, which containers reach.
 * @returns ends it; undefined where the address is none of this machine's, which only listening shows for sure
 */
export async function relay(address: string, port: number): Promise<(() => void) | undefined> {
  const server = createServer((incoming) => {
    const outgoing = connect(port, '127.0.0.1');
    incoming.pipe(outgoing).pipe(incoming);
    for (const [one, other] of [
      [incoming, outgoing],
      [outgoing, incoming],
    ] as const)
      one.on('error', () => other.destroy());
  });
  try {
    await once(server.listen(port, address), 'listening');
  } catch (error) {
    if (codeOf(error) === 'EADDRNOTAVAIL') return undefined;
    throw error;
  }
  return () => server.close();
}
