/** Headers that a browser client must be able to read (Fetch 3.3.3, Access-Control-Expose-Headers). */
const EXPOSED = [
  'Deprecation',
  'ETag',
  'Idempotency-Expires',
  'Idempotent-Replayed',
  'Link',
  'Location',
  'Retry-After',
  'Sunset',
];

/** Request headers that a browser client must be able to send. */
export const ALLOWED_REQUEST_HEADERS = [
  'API-Version',
  'Authorization',
  'Content-Type',
  'Idempotency-Key',
  'If-Match',
  'If-None-Match',
  'Prefer',
];

/** Headers of every answer, the gateway's own errors included. `allowOrigin` is one origin, or `*`. */
export const responseHeaders = (allowOrigin: string): Record<string, string> => ({
  'Access-Control-Allow-Origin': allowOrigin,
  'Access-Control-Expose-Headers': EXPOSED.join(', '),
  'Cache-Control': 'no-store, no-transform',
  Vary: allowOrigin === '*' ? 'Authorization, API-Version' : 'Authorization, API-Version, Origin',
});
