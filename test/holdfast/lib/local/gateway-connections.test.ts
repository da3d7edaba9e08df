import { Agent, request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readApi } from '../../../../lib/holdfast/local/gateway/api.ts';
import { Gateway } from '../../../../lib/holdfast/local/gateway/gateway.ts';
import { stack } from './gateway-template.ts';

let gateway: Gateway;
let url: string;
beforeAll(async () => {
  const invoke = async () => JSON.stringify({ statusCode: 200, body: '' });
  gateway = new Gateway(invoke, readApi([stack], invoke));
  url = `http://127.0.0.1:${await gateway.listen(0)}`;
});
afterAll(() => gateway.close());

describe('a connection', () => {
  /** One request on the agent's one connection; whether that was there already. */
  const send = (agent: Agent, method: string, path: string, body: string | Buffer = '') =>
    new Promise<{ status: number | undefined; reused: boolean; connection: string | undefined }>(
      (resolve, reject) => {
        const sent = request(`${url}${path}`, { agent, method }, (response) => {
          response.resume().once('end', () =>
            resolve({
              status: response.statusCode,
              reused: sent.reusedSocket,
              connection: response.headers.connection,
            }),
          );
        });
        sent.once('error', reject);
        sent.end(body);
      },
    );

  test.each([
    ['GET', '/nowhere', ''],
    ['POST', '/nowhere', '{"a":1}'],
    ['POST', '/nowhere', 'x'.repeat(200_000)],
    ['HEAD', '/nowhere', ''],
    ['GET', '/%ff', ''],
    ['PUT', '/things', '{"no":"token"}'],
  ])(
    'E5: %s %s is answered, and the next requests come on the same connection',
    async (method, path, body) => {
      const agent = new Agent({ keepAlive: true, maxSockets: 1 });

      const first = await send(agent, method, path, body);
      const more = [];
      for (let i = 0; i < 5; i++) {
        more.push(await send(agent, method, path, body), await send(agent, 'POST', '/things', '{}'));
      }
      agent.destroy();

      expect(first).toMatchObject({ reused: false, connection: 'keep-alive' });
      expect(more.map(({ status, reused }) => [status, reused])).toEqual(
        Array.from({ length: 5 }, () => [
          [first.status, true],
          [200, true],
        ]).flat(),
      );
    },
  );

  test('E5: says that it closes, where what is left of a body is not read', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });

    const answered = await send(agent, 'POST', '/things', Buffer.alloc(10 * 1024 * 1024 + 1)).catch(
      (error: NodeJS.ErrnoException) => error.code,
    );
    agent.destroy();

    // Either the answer is read before the rest cannot be sent, or not.
    expect([{ status: 413, reused: false, connection: 'close' }, 'EPIPE', 'ECONNRESET']).toContainEqual(
      answered,
    );
  });
});
