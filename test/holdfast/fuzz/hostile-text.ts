/** Percent-encodings that are wrong, overlong or too much, dots, empty segments, names of JavaScript's own. */
// biome-ignore format: to be read as a whole
export const PATH_PARTS = [
  '%00', '%2F', '%2f..%2f', '%2e%2e', '%2e%2e%2f', '%c0%af', '%e0%80%af', '%ff', '%', '%z', '%zz',
  '%u0041', '%25', '%ed%a0%80', '%0d%0aX-A:%201', '%20', '+', '.', '..', '/..', '/../', '/./', '/', '//',
  '\\', '%5c', ';a=b', ':', '@', '#x', '%23', '%3f', '{payoutId}', '%7BpayoutId%7D', '__proto__',
  'constructor', '*', '~', "'", '"', '<', '|', '^', '`', ' ', '\t', '\0', '\x7f', '\x80', 'é',
  '%E2%80%AE', '%F0%9F%92%A9', '%C3%A9', '%EF%BC%8F', 'a'.repeat(300), 'a'.repeat(9_000),
  '%41'.repeat(3_000), 'a'.repeat(20_000),
];

/** What a segment of a path is replaced with. */
// biome-ignore format: to be read as a whole
export const SEGMENTS = [
  '', '.', '..', '__proto__', 'constructor', 'toString', 'hasOwnProperty', 'po_', `po_${'0'.repeat(26)}`,
  `op_${'0'.repeat(26)}`, `PO_${'0'.repeat(26)}`, `po_${'é'.repeat(26)}`, `po_${'0'.repeat(26)}%0A`,
  'null', 'undefined', '-1', '0', 'history', 'callbacks', 'bank', 'nobody', 'payouts%23acme',
  'a'.repeat(7_000),
];

/** Targets that are none, or of other forms (RFC 9112 3.2). */
// biome-ignore format: to be read as a whole
export const TARGETS = [
  '', '*', '/', '//', '///', '//x', '/?', '?', '/..', '/%', 'http://', 'http://[', 'http://[::1',
  'http://x:y@z/payouts', 'http://example.com/health', 'https://a/payouts?limit=1', 'health', 'x:1',
  '/\\', '\\\\x\\y',
];

/** Names of query parameters, those of the contract among them. */
// biome-ignore format: to be read as a whole
export const QUERY_NAMES = [
  'state', 'limit', 'cursor', 'after', 'resource', 'wait', '__proto__', 'constructor', 'toString', '',
  'x', '%', '%ff', '%00', 'state[]', 'state[$ne]', 'limit ',
];

/** What a query parameter is set to. */
// biome-ignore format: to be read as a whole
export const QUERY_VALUES = [
  '', 'draft', 'paid', '0', '1', '100', '101', '-1', '+1', '1e2', '0x10', '1.0', '٣', '%D9%A3',
  '9'.repeat(400), '1.', '..', '.1', '%', '%ff', '%00', '__proto__', 'null', '{"$gt":""}', 'a.b', '.',
  'e30.x', 'x'.repeat(6_000), "' OR 1=1 --", '2026-11-01', 'po_x', '&&', '=',
];

/** Fields that the contract knows, that gateways know, and that are none. */
// biome-ignore format: to be read as a whole
export const HEADER_NAMES = [
  'Idempotency-Key', 'If-Match', 'If-None-Match', 'Content-Type', 'Prefer', 'API-Version',
  'Authorization', 'Accept', 'Content-Encoding', 'Host', 'Expect', 'Connection', 'Upgrade',
  'Content-Length', 'Transfer-Encoding', 'Origin', 'X-HTTP-Method-Override', 'X-Forwarded-For',
  'X-Amzn-RequestId', 'Cookie', 'Range', 'webhook-id', 'webhook-timestamp', 'webhook-signature',
  '__proto__', 'constructor', 'x', 'X-\x80', 'X A', '', ':', 'x'.repeat(5_000),
];

/** What a field is set to: attempts at every grammar that the contract has, and at the framing itself. */
// biome-ignore format: to be read as a whole
export const HEADER_VALUES = [
  '', ' ', '\t', '"', '""', '"a', 'a"', '"a\\"', '"\\x"', '"a" "b"', '"a", "b"', 'a, b', ',', ',,,', '*',
  '*, *', 'W/"1-a"', 'w/"1-a"', 'W/', '"1-a"', '"1-a;2026-05-01"', '1-a', '"é"', '\x80\xff', 'naïve',
  '\0', 'a\0b', 'a\rb', 'a\nb', 'a\r\n b', 'a\r\nX-Injected: 1', '\x7f', 'a'.repeat(255), 'a'.repeat(256),
  `"${'a'.repeat(256)}"`, ', '.repeat(3_000), '"'.repeat(3_000), 'a'.repeat(12_000), 'a'.repeat(20_000),
  '2026-11-01', '2026-05-01', '2026-11-1', '2026-11-01, 2026-11-01', '1999-01-01', '__proto__',
  'constructor', 'wait=1', 'wait=-1', 'wait=99999', 'wait=0x1', 'respond-async, wait=1', 'wait=1;wait=2',
  'application/json', 'application/json; charset=utf-16', 'application/json;charset=',
  'application/json;;', 'application/json, application/json', 'application/problem+json', '+json',
  'application/', 'multipart/form-data; boundary=x', 'text/html', 'text/plain', '*/*', 'image/png',
  'gzip', 'br', 'identity', 'deflate, gzip', 'chunked', '100-continue', 'h2c', 'websocket', 'keep-alive',
  'close, upgrade', '0', '-1', '1', '99999999999999999999', 'Bearer', 'Bearer ', 'Bearer x',
  'Bearer a.b.c', 'Bearer eyJhbGciOiJub25lIn0.e30.', 'Basic YTpi', 'bearer x', 'Bearer "', 'Bearer a b',
  `Bearer ${'a'.repeat(7_000)}`, 'v1,', 'v1,AAAA', 'v1,AAAA v1,BBBB', String(2 ** 53), 'NaN', '1e3',
  'DELETE', 'null', 'http://evil.example', '<script>',
];

/** What strict JSON is not, or nobody expects (RFC 8259, RFC 7493). */
// biome-ignore format: to be read as a whole
export const LITERALS = [
  'null', 'true', '0', '-0', '1e400', '-1e400', '1E+2', '1e-400', '01', '.5', '5.', '+1', '0x10', 'NaN',
  'Infinity', '-', '9007199254740993', '1'.repeat(400), '""', '"\\ud800"', '"\\udc00\\ud800"',
  '"\\u0000"', '"\\x"', '"\n"', "'a'", '"\x80"', '"\xc0\xaf"', '"\xed\xa0\x80"', '[]', '{}', '[[[]]]',
  '{"a":1,"a":2}', '{"__proto__":{"admin":true}}', '{"constructor":{"prototype":{}}}',
  '{"\\u005f_proto__":1}', '{"toJSON":1}', '[1,]', '{"a":1,}', '{,}', '{a:1}', '/**/1',
  `${'['.repeat(200)}${']'.repeat(200)}`, `${'{"a":'.repeat(50_000)}1`, '['.repeat(100_000),
  `"${'x'.repeat(600)}"`, `"${'é'.repeat(200)}"`, '1 2', '"a" "b"', '', '\xef\xbb\xbf{}',
];
