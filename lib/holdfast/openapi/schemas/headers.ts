import { challenge } from '../../core/problems/service-names.ts';
import { responseHeaders } from '../../core/requests/response-headers.ts';
import { type Node, ref } from './node.ts';

const text = (description: string, example: string, schema: Node = { type: 'string' }) => ({
  description,
  schema,
  example,
});

/** Headers of an answer in a version that ends. */
export const DEPRECATION_HEADERS = {
  Deprecation: text(
    'Since when the API version of the request is deprecated (RFC 9745), in seconds since the epoch.',
    '@1793491200',
  ),
  Sunset: text('From when it is refused (RFC 8594).', 'Mon, 01 Nov 2027 00:00:00 GMT'),
  Link: text('What is written about it.', '</docs/versions#2026-05-01>; rel="deprecation"; type="text/html"'),
};

/** Every header that an answer may have. */
const headersOf = (prefix: string) =>
  ({
    ETag: text('The version of what is answered; send it with If-Match, quotes included.', '"3-k9x2"', {
      type: 'string',
      pattern: '^".+"$',
    }),
    Location: text(
      'Path of what was made or accepted, the base path of the API included.',
      '/operations/op_4a848rgd26rk71dpfmbsr2y3nj',
    ),
    'Retry-After': {
      description: 'Seconds to wait before the next request.',
      schema: { type: 'integer', minimum: 1 },
      example: 1,
    },
    'Idempotency-Expires': text(
      'Until then, the same request under the same key gets this very answer.',
      'Thu, 26 Nov 2026 07:02:46 GMT',
    ),
    'Idempotent-Replayed': text(
      'There if this is the answer to an earlier request under the same key.',
      'true',
      {
        type: 'string',
        const: 'true',
      },
    ),
    ...DEPRECATION_HEADERS,
    'WWW-Authenticate': text('Which tokens are accepted (RFC 6750).', challenge(prefix)),
    'x-amzn-Remapped-WWW-Authenticate': text(
      'WWW-Authenticate of an answer that is not the gateway’s own, which it passes on under this name.',
      challenge(prefix),
    ),
    'Access-Control-Allow-Origin': text('Whose pages may read the answer.', '*'),
    'Access-Control-Expose-Headers': text('Which headers they may read.', 'ETag, Location, Retry-After'),
    'Cache-Control': text(
      'Answers are not to be stored, but for the documentation.',
      'no-store, no-transform',
    ),
    Vary: text('What the answer depends on besides the address.', 'Authorization, API-Version'),
    'Strict-Transport-Security': text(
      'For how long a browser uses HTTPS alone (RFC 6797).',
      'max-age=31536000',
    ),
    'X-Content-Type-Options': text('The type of the body is the one that is stated.', 'nosniff', {
      type: 'string',
      const: 'nosniff',
    }),
    'Content-Security-Policy': text('What a page may load.', "default-src 'none'"),
  }) satisfies Record<string, Node>;

type Name = keyof ReturnType<typeof headersOf>;

/** Headers of one response: those that it always has, those that it may have, and those of every answer. */
export function responseHeadersOf(always: readonly Name[], sometimes: readonly Name[] = []): Node {
  const required = [...always, ...(Object.keys(responseHeaders('*')) as Name[])];
  return Object.fromEntries([
    ...required.map((name) => [name, ref('headers', `${name}-Always`)]),
    ...sometimes.map((name) => [name, ref('headers', name)]),
  ]);
}

/** The header components that a document refers to. */
export const headerComponents = (prefix: string): Node =>
  Object.fromEntries(
    Object.entries<Node>(headersOf(prefix)).flatMap(([name, header]) => [
      [name, header],
      [`${name}-Always`, { ...header, required: true }],
    ]),
  );
