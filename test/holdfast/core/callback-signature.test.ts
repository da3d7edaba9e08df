import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { isSigned } from '../../../lib/holdfast/core/partners/callback-signature.ts';
import {
  hmac,
  standardWebhooks,
  type Verification,
} from '../../../lib/holdfast/core/partners/verification.ts';
import { signCallback } from '../../../lib/holdfast/local/partners/sign-callback.ts';

const NOW = Date.parse('2026-11-01T12:00:00Z');
const SECRET = 'whsec_c2VjcmV0IG9mIG1vcmUgdGhhbiAxNiBieXRlcw==';
const OTHER = 'whsec_YW5vdGhlciBvbmUgdGhhdCBub2JvZHkga25vd3M=';
const BODY = Buffer.from('{"caseReference":"po_1-a1","verdict":"clear"}');

/** Each scheme: those that partners are known for, by their documentation. */
const SCHEMES: readonly (readonly [string, Verification])[] = [
  ['Standard Webhooks', standardWebhooks()],
  [
    'hex with a prefix, as GitHub signs',
    hmac({ header: 'X-Hub-Signature-256', encoding: 'hex', prefix: 'sha256=' }),
  ],
  ['base64, as Shopify signs', hmac({ header: 'X-Shopify-Hmac-Sha256', encoding: 'base64' })],
  ['hex with a timestamp', hmac({ header: 'X-Signature', encoding: 'hex', timestamp: 'X-Timestamp' })],
  [
    'hex over a text of its own, as Slack signs',
    hmac({
      header: 'X-Slack-Signature',
      encoding: 'hex',
      prefix: 'v0=',
      timestamp: 'X-Slack-Request-Timestamp',
      signed: 'v0:{timestamp}:{body}',
    }),
  ],
];
const TIMED = SCHEMES.filter(([, verify]) => verify.kind === 'standard-webhooks' || verify.timestamp);

interface Change {
  readonly headers?: Record<string, string | readonly string[]>;
  readonly body?: Uint8Array;
  readonly secrets?: readonly string[];
}

const signatureHeader = (verify: Verification) =>
  verify.kind === 'hmac' ? verify.header : 'webhook-signature';
const timestampHeader = (verify: Verification) =>
  (verify.kind === 'hmac' ? verify.timestamp : 'webhook-timestamp') ?? '';

const signed = (verify: Verification, { at = NOW, secret = SECRET, body = BODY as Uint8Array } = {}) =>
  signCallback(verify, { secret, id: 'msg_1', at: new Date(at), body });

function verified(
  verify: Verification,
  { headers = signed(verify), body = BODY, secrets = [SECRET] }: Change = {},
) {
  const lower = new Map(
    Object.entries(headers).map(([name, values]) => [name.toLowerCase(), [values].flat()]),
  );
  const callback = { headers: (name: string) => lower.get(name.toLowerCase()) ?? [], body };
  return isSigned(verify, callback, secrets, NOW);
}

/** The signature of a good callback, changed. */
const withSignature = (
  verify: Verification,
  change: (value: string) => string | readonly string[],
): Change => {
  const headers = signed(verify);
  return {
    headers: { ...headers, [signatureHeader(verify)]: change(headers[signatureHeader(verify)] ?? '') },
  };
};

const reencoded = (value: string) => {
  const [, prefix = '', signature = ''] = /^(v1,|sha256=|v0=)?(.*)$/.exec(value) ?? [];
  const bytes = Buffer.from(signature, /^[0-9a-f]{64}$/.test(signature) ? 'hex' : 'base64');
  return {
    prefix,
    hex: bytes.toString('hex'),
    base64: bytes.toString('base64'),
    base64url: bytes.toString('base64url'),
  };
};

describe.each(SCHEMES)('A7: a callback signed by %s', (_, verify) => {
  test('is verified by the secret that signed it, alone or among others', () => {
    expect(verified(verify)).toBe(true);
    expect(verified(verify, { secrets: [OTHER, SECRET] })).toBe(true);
    expect(verified(verify, { secrets: [SECRET, OTHER] })).toBe(true);
  });

  test('is refused by any other secret, and by none', () => {
    expect(verified(verify, { secrets: [OTHER] })).toBe(false);
    expect(verified(verify, { secrets: [] })).toBe(false);
  });

  test.each<[string, (verify: Verification) => Change]>([
    ['without its headers', () => ({ headers: {} })],
    ['with an empty signature', (v) => withSignature(v, () => '')],
    ['with its prefix alone', (v) => withSignature(v, (value) => reencoded(value).prefix)],
    ['with a signature cut short', (v) => withSignature(v, (value) => value.slice(0, -2))],
    ['with a longer signature', (v) => withSignature(v, (value) => `${value}00`)],
    ['with its signature twice in one header', (v) => withSignature(v, (value) => `${value},${value}`)],
    ['with the header of its signature twice', (v) => withSignature(v, (value) => [value, value])],
    ['with the header twice, once wrong', (v) => withSignature(v, (value) => ['v1,AAAA', value])],
    [
      'with a signature in base64url',
      (v) => withSignature(v, (value) => `${reencoded(value).prefix}${reencoded(value).base64url}`),
    ],
    ['without its prefix, or with another', (v) => withSignature(v, (value) => `x${value}`)],
    ['with NUL before its signature', (v) => withSignature(v, (value) => `\0${value}`)],
    [
      'with one byte of the body changed',
      () => ({ body: Buffer.from(BODY.map((byte, i) => (i === 5 ? byte ^ 1 : byte))) }),
    ],
    ['with a NUL byte after the body', () => ({ body: Buffer.concat([BODY, Buffer.from([0])]) })],
    ['with a line break after the body', () => ({ body: Buffer.concat([BODY, Buffer.from('\n')]) })],
    ['with another body', () => ({ body: Buffer.from('{"caseReference":"po_1-a1","verdict":"hit"}') })],
    ['with no body', () => ({ body: Buffer.alloc(0) })],
  ])('is refused %s', (_, change) => {
    expect(verified(verify, change(verify))).toBe(false);
  });

  test('is verified over bytes that are no text, and refused where their text would be the same', () => {
    const [body, sameText] = [Buffer.from([0x7b, 0x00, 0xff, 0xfe]), Buffer.from([0x7b, 0x00, 0xfe, 0xff])];
    const headers = signed(verify, { body });

    expect(body.toString('utf8')).toBe(sameText.toString('utf8'));
    expect(verified(verify, { headers, body })).toBe(true);
    expect(verified(verify, { headers, body: sameText })).toBe(false);
  });

  test('is verified whatever the case of its headers’ names', () => {
    const headers = Object.fromEntries(
      Object.entries(signed(verify)).map(([name, value]) => [name.toUpperCase(), value]),
    );

    expect(verified(verify, { headers })).toBe(true);
  });

  test('is never verified by a secret below 16 bytes, not even by the one that signed it', () => {
    const short =
      verify.kind === 'hmac' ? '15 bytes long..' : `whsec_${Buffer.alloc(15, 7).toString('base64')}`;
    const enough =
      verify.kind === 'hmac' ? '16 bytes long...' : `whsec_${Buffer.alloc(16, 7).toString('base64')}`;

    expect(verified(verify, { headers: signed(verify, { secret: short }), secrets: [short] })).toBe(false);
    expect(verified(verify, { headers: signed(verify, { secret: enough }), secrets: [enough] })).toBe(true);
  });
});

describe.each(TIMED)('A7: a callback with a time, signed by %s', (_, verify) => {
  test.each([
    [-300, true],
    [-301, false],
    [300, true],
    [301, false],
    [0, true],
  ])('%d seconds from now is verified: %s', (seconds, good) => {
    expect(verified(verify, { headers: signed(verify, { at: NOW + seconds * 1000 }) })).toBe(good);
  });

  test.each<[string, string | readonly string[]]>([
    ['empty', ''],
    ['of another moment', String(NOW / 1000 - 1)],
    ['in milliseconds', String(NOW)],
    ['with a fraction', `${NOW / 1000}.0`],
    ['with a sign', `+${NOW / 1000}`],
    ['with text after it', `${NOW / 1000}x`],
    ['as a date', new Date(NOW).toISOString()],
    ['twice', [String(NOW / 1000), String(NOW / 1000)]],
  ])('is refused with a timestamp %s', (_, value) => {
    expect(verified(verify, { headers: { ...signed(verify), [timestampHeader(verify)]: value } })).toBe(
      false,
    );
  });

  test('is refused without its timestamp', () => {
    const { [timestampHeader(verify)]: gone, ...headers } = signed(verify);

    expect(gone).toBeDefined();
    expect(verified(verify, { headers })).toBe(false);
  });
});

describe('A7: a signature', () => {
  const hex = hmac({ header: 'X-Signature', encoding: 'hex' });
  const base64 = hmac({ header: 'X-Signature', encoding: 'base64' });

  test('in hexadecimal is the same in upper case', () => {
    expect(
      verified(
        hex,
        withSignature(hex, (value) => value.toUpperCase()),
      ),
    ).toBe(true);
  });

  test('in base64 is another in other case', () => {
    expect(
      verified(
        base64,
        withSignature(base64, (value) => value.toUpperCase()),
      ),
    ).toBe(false);
  });

  test('in the other encoding is refused', () => {
    expect(
      verified(
        hex,
        withSignature(hex, (value) => reencoded(value).base64),
      ),
    ).toBe(false);
    expect(
      verified(
        base64,
        withSignature(base64, (value) => reencoded(value).hex),
      ),
    ).toBe(false);
  });

  test('of Standard Webhooks is found among those of other versions and keys', () => {
    const verify = standardWebhooks();

    expect(
      verified(
        verify,
        withSignature(verify, (value) => `v1a,AAAA v1,AAAA ${value}`),
      ),
    ).toBe(true);
    expect(
      verified(
        verify,
        withSignature(verify, (value) => value.replace('v1,', 'v2,')),
      ),
    ).toBe(false);
  });

  test('of Standard Webhooks is refused with another id', () => {
    const verify = standardWebhooks();

    expect(verified(verify, { headers: { ...signed(verify), 'webhook-id': 'msg_2' } })).toBe(false);
    expect(verified(verify, { headers: { ...signed(verify), 'webhook-id': '' } })).toBe(false);
  });

  test('of the reference library is verified, by any key and over any text', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 16, maxLength: 64 }),
        fc.string({ unit: 'grapheme' }),
        fc.stringMatching(/^[\w-]{1,40}$/),
        (key, text, id) => {
          const secret = `whsec_${Buffer.from(key).toString('base64')}`;
          const signature = new Webhook(secret).sign(id, new Date(NOW), text);
          const headers = {
            'webhook-id': id,
            'webhook-timestamp': String(NOW / 1000),
            'webhook-signature': signature,
          };

          const body = Buffer.from(text);
          expect(verified(standardWebhooks(), { headers, body, secrets: [secret] })).toBe(true);
          expect(signed(standardWebhooks(), { secret, body })['webhook-signature']).toBe(
            new Webhook(secret).sign('msg_1', new Date(NOW), text),
          );
        },
      ),
    );
  });
});
