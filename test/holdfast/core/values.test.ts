import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { iban } from '../../../functions/values/iban.ts';
import { money } from '../../../lib/holdfast/core/money/money.ts';
import { fullJitterMs } from '../../../lib/holdfast/core/partners/retry-policy.ts';
import { parseIdempotencyKey } from '../../../lib/holdfast/core/requests/idempotency-key.ts';
import { isResourceId, resourceId } from '../../../lib/holdfast/core/values/resource-id.ts';

describe('money', () => {
  test.each([
    ['EUR', '1250.00', true],
    ['EUR', '0.01', true],
    ['JPY', '1250', true],
    ['BHD', '1.234', true],
    ['EUR', '0.00', false],
    ['EUR', '1250', false],
    ['EUR', '1250.0', false],
    ['EUR', '1250.000', false],
    ['EUR', '01.00', false],
    ['EUR', '-1.00', false],
    ['EUR', '1e3', false],
    ['EUR', '1,250.00', false],
    ['EUR', ' 1.00', false],
    ['EUR', '1.00\n', false],
    ['EUR', `${'9'.repeat(15)}.99`, true],
    ['EUR', `${'9'.repeat(16)}.99`, false],
    ['JPY', '1250.00', false],
    ['XYZ', '1.00', false],
    ['eur', '1.00', false],
    ['__proto__', '1.00', false],
  ])('%s %j is an amount: %s', (currency, value, valid) => {
    expect(money.safeParse({ currency, value }).success).toBe(valid);
  });
});

describe('an IBAN', () => {
  test.each([
    'DE89370400440532013000',
    'GB29NWBK60161331926819',
    'FR1420041010050500013M02606',
    'NO9386011117947',
    'MT84MALT011000012345MTLCAST001S',
  ])('%s is valid, and no other of its digits would be', (valid) => {
    const others = Array.from({ length: 10 }, (_, digit) => valid.replace(/\d$/, String(digit))).filter(
      (other) => other !== valid,
    );

    expect(iban.safeParse(valid).success).toBe(true);
    expect(others.some((other) => iban.safeParse(other).success && /\d$/.test(valid))).toBe(false);
  });

  test.each(['', 'DE', 'de89370400440532013000', 'DE89 3704 0044 0532 0130 00', 'DE8937040044053201300Ö'])(
    '%j is none',
    (value) => {
      expect(iban.safeParse(value).success).toBe(false);
    },
  );
});

describe('an idempotency key', () => {
  test('is the same bare and quoted, for every key there is', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[\x21\x23-\x7e][\x21-\x7e]{0,254}$/), (key) => {
        const quoted = `"${key.replace(/["\\]/g, '\\$&')}"`;

        expect(parseIdempotencyKey(key)).toBe(key);
        expect(parseIdempotencyKey(quoted)).toBe(key);
      }),
    );
  });

  test.each(['', '"', '""', '"a', 'a b', '"a b"', '"a\\x"', '"a"b"', 'ü', '\u0000', 'x'.repeat(256)])(
    '%j is none',
    (value) => {
      expect(parseIdempotencyKey(value)).toBeUndefined();
    },
  );
});

test('a resource id is a function of tenant, type and key, and tells them apart', () => {
  const ids = [
    resourceId('po', 'acme', 'payouts', 'k'),
    resourceId('po', 'acm', 'epayouts', 'k'),
    resourceId('po', 'acme', 'payouts', 'l'),
    resourceId('po', 'acme#', 'payouts', 'k'),
  ];

  expect(new Set(ids).size).toBe(4);
  expect(resourceId('po', 'acme', 'payouts', 'k')).toBe(ids[0]);
  expect(ids.every((id) => isResourceId('po', id))).toBe(true);
  expect(isResourceId('po', 'po_1')).toBe(false);
  expect(isResourceId('po', `po_${'#'.repeat(26)}`)).toBe(false);
});

test('full jitter lies between nothing and a ceiling that doubles until its cap', () => {
  const policy = { baseMs: 20, capMs: 500 };

  expect([0, 1, 2, 10].map((attempt) => fullJitterMs(policy, attempt, 1))).toEqual([20, 40, 80, 500]);
  expect(fullJitterMs(policy, 5, 0)).toBe(0);
});
