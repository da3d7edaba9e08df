import { describe, expect, test } from '@jest/globals';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { HttpRequest } from '../../../lib/holdfast/runtime/http/http-request.ts';

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

  // serverless-http#204: a bare percent sign made a decoder throw, and the answer was a 502.
  test('takes path and query as they come', () => {
    const odd = request({
      path: '/payouts/%/submit',
      pathParameters: { payoutId: '%' },
      multiValueQueryStringParameters: { '%': ['%E0%A4%A'], state: ['a', 'b'] },
      requestContext: { requestId: 'r-1', path: '/dev/payouts/%/submit' },
    });

    expect(odd.pathParameter('payoutId')).toBe('%');
    expect(odd.query).toEqual({ '%': ['%E0%A4%A'], state: ['a', 'b'] });
    expect(odd.base).toBe('/dev');
  });

  // powertools-ts#5673: a GET with a body threw before any handler of errors.
  test('may have a body with any method', () => {
    expect(request({ httpMethod: 'GET', body: 'x' }).bytes).toEqual(Buffer.from('x'));
  });

  // Of two spellings of one name, as HTTP/1.1 lets a client send them, the later takes the place of the earlier.
  // RFC 9110 5.3 makes them one list; a second Idempotency-Key or Content-Type is to be refused and not chosen.
  test('has every value of a header, in whatever cases its name came', () => {
    const twice = request({
      multiValueHeaders: { 'Idempotency-Key': ['first'], 'idempotency-key': ['second'] },
    });

    expect(twice.headers('Idempotency-Key')).toEqual(['first', 'second']);
  });

  test('does not give what no step has established', () => {
    expect(() => request({}).idempotencyKey).toThrow('Something went wrong in the service');
  });
});
