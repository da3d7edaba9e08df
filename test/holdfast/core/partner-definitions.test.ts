import { describe, expect, test } from '@jest/globals';
import { apiKey, basic, bearer, oauth2 } from '../../../lib/holdfast/core/partners/credentials.ts';
import { putCredentialsLine } from '../../../lib/holdfast/core/partners/partner-secrets.ts';
import { hmac, standardWebhooks } from '../../../lib/holdfast/core/partners/verification.ts';

describe('A7: credentials', () => {
  test('are plain data: what proves a call is in no definition', () => {
    const all = [
      apiKey({ header: 'X-Api-Key' }),
      apiKey({ header: 'Authorization', prefix: 'Token ' }),
      bearer(),
      basic(),
      oauth2({ scopes: ['payments'], clientAuthentication: 'post', audience: 'https://api.example.com' }),
    ];

    expect(JSON.parse(JSON.stringify(all))).toEqual(all);
    expect(all.map(({ kind }) => kind)).toEqual(['api-key', 'api-key', 'bearer', 'basic', 'oauth2']);
  });

  test.each([
    [
      () => apiKey({ header: 'X Api Key' }),
      "apiKey: 'X Api Key' is not a valid header name (RFC 9110 5.1); write one such as X-Api-Key",
    ],
    [() => apiKey({ header: '' }), "apiKey: '' is not a valid header name"],
    [() => apiKey({ header: 'X-Key:\r\nX' }), 'is not a valid header name'],
    [() => apiKey({ header: 'Host' }), "apiKey: header 'Host' has a meaning of its own in HTTP"],
    [() => apiKey({ header: 'content-type' }), "header 'content-type' has a meaning of its own in HTTP"],
    [
      () => apiKey({ header: 'X-Key', prefix: 'a\nb' }),
      'apiKey: prefix "a\\nb" is not visible ASCII and blanks',
    ],
    [
      () => oauth2({ scopes: ['payments accounts'] }),
      "oauth2: 'payments accounts' is not a scope (RFC 6749 3.3)",
    ],
    [() => oauth2({ scopes: [''] }), "oauth2: '' is not a scope"],
  ])('that cannot be sent are refused on definition: %#', (define, message) => {
    expect(define).toThrow(message);
  });

  test.each([
    [apiKey({ header: 'X-Api-Key' }), 'the key and nothing else'],
    [bearer(), 'the token and nothing else'],
    [basic(), '{"username":"…","password":"…"}'],
    [oauth2({ scopes: [] }), '{"clientId":"…","clientSecret":"…"}'],
  ])('are given their value by a command that says its shape: %#', (credentials, shape) => {
    expect(putCredentialsLine({ prefix: 'acme', stage: 'production' }, 'bank', credentials)).toBe(
      `aws secretsmanager put-secret-value --secret-id acme/production/partners/bank/credentials --secret-string file://bank.secret   # the file holds ${shape}`,
    );
  });
});

describe('A7: a signature scheme', () => {
  test('is plain data, with its defaults filled in', () => {
    expect(standardWebhooks()).toEqual({ kind: 'standard-webhooks' });
    expect(hmac({ header: 'X-Signature', encoding: 'hex' })).toEqual({
      kind: 'hmac',
      header: 'X-Signature',
      encoding: 'hex',
      prefix: '',
      signed: '{body}',
    });
    expect(hmac({ header: 'X-Signature', encoding: 'hex', timestamp: 'X-Timestamp' })).toMatchObject({
      timestamp: 'X-Timestamp',
      signed: '{timestamp}.{body}',
    });
  });

  const base = { header: 'X-Signature', encoding: 'hex' } as const;
  test.each([
    [
      { ...base, timestamp: 'X-Timestamp', signed: '{body}' },
      "hmac: header 'X-Timestamp' is not signed by '{body}', so anybody could set it; write {timestamp} once in signed, or leave timestamp out",
    ],
    [
      { ...base, timestamp: 'X-Timestamp', signed: '{timestamp}{timestamp}{body}' },
      "header 'X-Timestamp' is not signed",
    ],
    [
      { ...base, signed: '{timestamp}.{body}' },
      'has {timestamp}, and no header holds it; name it by timestamp',
    ],
    [{ ...base, timestamp: 'X-Timestamp', signed: '{timestamp}' }, 'needs {body} once'],
    [{ ...base, signed: '{body}{body}' }, 'needs {body} once'],
    [{ ...base, timestamp: 'x-signature' }, "hmac: 'X-Signature' cannot hold both signature and timestamp"],
    [{ ...base, header: 'X Signature' }, "hmac: 'X Signature' is not a valid header name"],
    [{ ...base, header: 'Content-Length' }, 'has a meaning of its own in HTTP'],
    [{ ...base, timestamp: '' }, "hmac: '' is not a valid header name"],
    [{ ...base, prefix: 'sha256= ' }, 'hmac: prefix "sha256= " is not visible ASCII'],
  ])('that proves nothing is refused on definition: %j', (settings, message) => {
    expect(() => hmac(settings)).toThrow(message);
  });
});
