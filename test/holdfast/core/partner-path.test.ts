import { describe, expect, test } from '@jest/globals';
import { partnerUrl, pathTemplate } from '../../../lib/holdfast/core/partners/partner-path.ts';

describe('the path of a request to a partner', () => {
  test.each([
    ['https://bank.example.com', '/transfers', 'https://bank.example.com/transfers'],
    [
      'https://bank.example.com/api/v1/',
      '/transfers?of=a%20b',
      'https://bank.example.com/api/v1/transfers?of=a%20b',
    ],
    ['http://[::1]:8080/x', '/a/b.c', 'http://[::1]:8080/x/a/b.c'],
    [
      'https://bank.example.com',
      '/a?next=https://b.example.com/..',
      'https://bank.example.com/a?next=https://b.example.com/..',
    ],
  ])('is below the base URL: %s %s', (base, path, url) => {
    expect(partnerUrl(base, path).href).toBe(url);
  });

  test.each([
    ['https://evil.example.com/'],
    ['//evil.example.com/'],
    ['evil'],
    [''],
    ['@evil.example.com/'],
    [':80@evil.example.com/'],
    ['/../admin'],
    ['/a/../../admin'],
    ['/./a'],
    ['/..'],
    ['/%2e%2e/admin'],
    ['/%2E./admin'],
    ['/a/..%2fadmin'],
    ['/a/%2e%2e%5cadmin'],
    ['/\\evil.example.com'],
    ['/a\\..\\b'],
    ['/a b'],
    ['/a\r\nHost: evil.example.com'],
    ['/a\tb'],
    ['/ä'],
    ['/a#b'],
    ['/%'],
    ['/%ff'],
  ])('A5: is refused where it could lead elsewhere: %j', (path) => {
    expect(() => partnerUrl('https://bank.example.com/api', path)).toThrow(/^the path (does|has|holds|is) /);
  });

  test('is logged as a template, without what the command is about', () => {
    const input = { creditor: { name: 'lovelace', iban: 'DE89370400440532013000' }, n: 7 };
    const command = { name: 'transfer', reference: 'po_1-b1', undoes: 'po_1-a1', input };

    expect(
      [
        '/v1/transfers/po_1-b1',
        '/cases/po_1-a1/release',
        '/accounts/DE89370400440532013000',
        '/of/Lovelace',
        '/x/12/%41',
      ].map((path) => pathTemplate(path, command)),
    ).toEqual([
      '/v1/transfers/{reference}',
      '/cases/{undoes}/release',
      '/accounts/{…}',
      '/of/{…}',
      '/x/{…}/{…}',
    ]);
  });
});
