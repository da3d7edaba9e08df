import { once } from 'node:events';
import { connect, createServer } from 'node:net';

/**
 * Serves a port of 127.0.0.1 on another address of this machine as well, which containers reach.
 * @returns ends it
 */
export async function relay(address: string, port: number): Promise<() => void> {
  const server = createServer((incoming) => {
    const outgoing = connect(port, '127.0.0.1');
    incoming.pipe(outgoing).pipe(incoming);
    for (const [one, other] of [
      [incoming, outgoing],
      [outgoing, incoming],
    ] as const)
      one.on('error', () => other.destroy());
  });
  server.listen(port, address);
  await once(server, 'listening');
  return () => server.close();
}
