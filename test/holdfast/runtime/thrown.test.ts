import { expect, test } from '@jest/globals';
import type { APIGatewayProxyEvent, Context } from 'aws-lambda';
import { chunksWritten } from '../support/written.ts';

Object.assign(process.env, {
  STAGE: 'test',
  ALLOW_ORIGIN: '*',
  DEFAULT_API_VERSION: '2026-11-01',
  POWERTOOLS_SERVICE_NAME: 'payouts-approve',
});

const { httpFunction } = await import('../../../lib/holdfast/runtime/http/http-function.ts');

const written = chunksWritten();

const event = {
  requestContext: { requestId: 'r-1', path: '/payouts' },
  resource: '/payouts',
  path: '/payouts',
  httpMethod: 'POST',
  headers: {},
} as unknown as APIGatewayProxyEvent;

const context = { getRemainingTimeInMillis: () => 10_000, functionVersion: '7' } as Context;

const held = () => {
  throw new Error('held');
};

// A team's code throws what it likes.
test.each<[string, unknown, string]>([
  ['null', null, 'Something went wrong in the service'],
  ['a text', 'no', 'no'],
  ['a symbol', Symbol('no'), 'Symbol(no)'],
  ['an object without a prototype', Object.create(null), 'object without a text'],
  ['an object whose toString throws', { toString: held }, 'object without a text'],
  [
    'an error with a getter that throws',
    Object.defineProperty(new Error('no'), 'code', { enumerable: true, get: held }),
    'held',
  ],
  ['an error whose message holds a bigint', Object.assign(new Error('no'), { message: { size: 1n } }), '1'],
])('%s that is thrown is answered 500, logged and counted', async (_, thrown, told) => {
  const throwing = httpFunction([], async () => {
    throw thrown;
  });

  const { statusCode, body } = await throwing(event, context);

  expect(statusCode).toBe(500);
  expect(JSON.parse(body)).toMatchObject({ code: 'internal-error', instance: 'urn:holdfast:request:r-1' });
  const [line = '', metric = '', ...more] = written;
  expect(JSON.parse(line)).toMatchObject({
    level: 'ERROR',
    message: 'failed',
    requestId: 'r-1',
    status: 500,
  });
  expect(line).toContain(told);
  expect(JSON.parse(metric).Failed).toBe(1);
  expect(more).toEqual([]);
});
