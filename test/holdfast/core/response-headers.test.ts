import { expect, test } from '@jest/globals';
import {
  ALLOWED_REQUEST_HEADERS,
  responseHeaders,
} from '../../../lib/holdfast/core/requests/response-headers.ts';

// pyeve/eve#467: a browser could not read the ETag, and so never send If-Match.
test('a page of another origin may read what the contract answers with', () => {
  const exposed = responseHeaders('*')['Access-Control-Expose-Headers']?.split(', ');

  expect(exposed).toEqual(
    expect.arrayContaining([
      'Deprecation',
      'ETag',
      'Idempotency-Expires',
      'Idempotent-Replayed',
      'Location',
      'Retry-After',
      'Sunset',
    ]),
  );
});

// hermes-agent#3209: the preflight refused Idempotency-Key.
test('a page of another origin may send what the contract asks for', () => {
  expect(ALLOWED_REQUEST_HEADERS).toEqual(
    expect.arrayContaining([
      'API-Version',
      'Authorization',
      'Content-Type',
      'Idempotency-Key',
      'If-Match',
      'Prefer',
    ]),
  );
});

test('an answer is kept nowhere, changed by nobody, and differs by who asks in which version', () => {
  expect(responseHeaders('*')).toMatchObject({
    'Access-Control-Allow-Origin': '*',
    'Cache-Control': 'no-store, no-transform',
    Vary: 'Authorization, API-Version',
  });
});

test('one origin alone is named, and is then part of what an answer differs by (Fetch 3.3.4)', () => {
  expect(responseHeaders('https://app.example')).toMatchObject({
    'Access-Control-Allow-Origin': 'https://app.example',
    Vary: 'Authorization, API-Version, Origin',
  });
});
