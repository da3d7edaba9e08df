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

/** For whoever opens an answer in a browser: no other type is guessed (Fetch 3.6), no other scheme tried (RFC 6797), a year long. */
export const SECURITY_HEADERS = {
  'Strict-Transport-Security': 'max-age=31536000',
  'X-Content-Type-Options': 'nosniff',
} as const;

/** Headers of every answer, the gateway's own errors included. `allowOrigin` is one origin, or `*`. */
export const responseHeaders = (allowOrigin: string): Record<string, string> => ({
  'Access-Control-Allow-Origin': allowOrigin,
  'Access-Control-Expose-Headers': EXPOSED.join(', '),
  'Cache-Control': 'no-store, no-transform',
  ...SECURITY_HEADERS,
  Vary: allowOrigin === '*' ? 'Authorization, API-Version' : 'Authorization, API-Version, Origin',
});
