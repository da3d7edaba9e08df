import { describe, expect, test } from '@jest/globals';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { HttpRequest } from '../../functions/runtime/http-request.ts';

const request = (event: object) =>
  new HttpRequest({
    httpMethod: 'POST',
    resource: '/payouts/{payoutId}/submit',
    path: '/payouts/po_1/submit',
    headers: null,
    multiValueHeaders: null,
    body: null,
    isBase64Encoded: false,
    requestContext: { requestId: 'r-1', path: '/payouts/po_1/submit' },
    ...event,
  } as unknown as APIGatewayProxyEvent);

describe('a request', () => {
  // apollo-server#2599, middy#939: a body that is declared binary comes in base64.
  test('has the same bytes in either encoding', () => {
    const text = request({ body: '{"name":"ü"}' });
    const base64 = request({ body: Buffer.from('{"name":"ü"}').toString('base64'), isBase64Encoded: true });

    expect(text.bytes).toEqual(Buffer.from('{"name":"ü"}'));
    expect(base64.bytes).toEqual(text.bytes);
    expect(request({}).bytes).toHaveLength(0);
  });

  // hono#2550: REST APIs fill both maps of headers; taken together, every value is there twice.
  test('has each value of a header once, whatever the case of its name', () => {
    const both = request({
      headers: { 'If-Match': '"b"' },
      multiValueHeaders: { 'If-Match': ['"a"', '"b"'] },
    });
    const single = request({ headers: { 'if-match': '"a"' } });

    expect(both.headers('if-match')).toEqual(['"a"', '"b"']);
    expect(both.header('IF-MATCH')).toBe('"a", "b"');
    expect(single.headers('If-Match')).toEqual(['"a"']);
    expect(single.header('Idempotency-Key')).toBeUndefined();
  });

  // powertools-python#621, localstack#12296: the full path holds the stage, or the base path of a custom domain.
  test.each([
    ['/payouts/po_1/submit', ''],
    ['/dev/payouts/po_1/submit', '/dev'],
    ['/dev/payouts/po_1/submit/', '/dev'],
    ['/money/v1/payouts/po_1/submit', '/money/v1'],
  ])('at %s has the base %j', (path, base) => {
    expect(request({ requestContext: { requestId: 'r-1', path } }).base).toBe(base);
  });

  test('does not give what no step has established', () => {
    expect(() => request({}).idempotencyKey).toThrow('Something went wrong in the service');
  });
});
