import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@jest/globals';
import { untilHeard } from '../../../../lib/holdfast/testing/scene/heard.ts';
import { send } from '../../../../lib/holdfast/testing/scene/request.ts';

/** Sends to a server until it is heard, and tells what came of it and how often it was asked. */
async function ask(listener: (asked: number) => RequestListener) {
  let asked = 0;
  const server = createServer((request, response) => listener(++asked)(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  try {
    const status = await untilHeard(() => send(`http://127.0.0.1:${port}/`)).then(
      (answer) => answer.status,
      (error: Error) => error.message,
    );
    return { asked, status };
  } finally {
    server.close();
  }
}

const lost: RequestListener = ({ socket }) => void socket.destroy();
const broken: RequestListener = ({ socket }, response) => {
  response.writeHead(200, { 'Content-Length': '9' });
  response.write('{', () => socket.destroy());
};
const answer: RequestListener = (_, response) => void response.end('{}');

test.each([
  ['before its answer', lost],
  ['within its answer', broken],
])('a connection that is lost %s is tried again', async (_, listener) => {
  expect(await ask((asked) => (asked === 1 ? listener : answer))).toEqual({ asked: 2, status: 200 });
});

test('a connection that is lost each time is given up after three attempts', async () => {
  expect(await ask(() => lost)).toEqual({ asked: 3, status: 'fetch failed' });
});

test('a fault of the attempt itself is not tried again', async () => {
  let tries = 0;

  const heard = untilHeard(async () => {
    tries++;
    throw new TypeError('x is not a function');
  });

  await expect(heard).rejects.toThrow('x is not a function');
  expect(tries).toBe(1);
});
