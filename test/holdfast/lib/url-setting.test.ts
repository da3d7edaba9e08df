import { describe, expect, test } from '@jest/globals';
import { apiKey, oauth2 } from '../../../lib/holdfast/core/partners/credentials.ts';
import { stageConfig } from '../../../lib/holdfast/service/config.ts';
import { partnerUrls } from '../../../lib/holdfast/service/partner-urls.ts';

type Replaced = Parameters<typeof stageConfig>[1];

const refusal = (stage: string, replaced: Replaced): string => {
  try {
    stageConfig(stage, replaced);
  } catch (error) {
    return (error as Error).message;
  }
  return 'accepted';
};

const identity = { issuer: 'https://identity.example.com', audience: 'holdfast' };

/** Each setting that is a URL, with a value in its place. */
const SETTINGS: readonly (readonly [string, (value: string) => Replaced])[] = [
  ['partners.bank.url', (url) => ({ partners: { bank: { url } } })],
  [
    'partners.bank.tokenUrl',
    (tokenUrl) => ({ partners: { bank: { url: 'https://bank.example.com', tokenUrl } } }),
  ],
  [
    'identity.issuer',
    (issuer) => ({ identity: { ...identity, issuer, jwksUri: 'https://identity.example.com/jwks' } }),
  ],
  ['identity.jwksUri', (jwksUri) => ({ identity: { ...identity, jwksUri } })],
];

const OPEN_STAGES = ['dev', 'staging', 'production'];
const LOCAL_STAGES = ['local', 'emulated'];

describe.each(SETTINGS)('A7: %s', (setting, at) => {
  test.each(OPEN_STAGES)(
    'of stage %s is refused over http:, with stage, setting, value, what is allowed and the file',
    (stage) => {
      const message = refusal(stage, at('http://bank.example.com'));

      expect(message).toMatch(new RegExp(`^stage '${stage}' in lib/service\\.ts is not valid\n`));
      expect(message).toContain(
        "'http://bank.example.com' has the scheme http:; write an https: URL without",
      );
      expect(message).toContain(`at ${setting}`);
    },
  );

  test.each(LOCAL_STAGES)(
    'of stage %s may be http:, since nothing on this machine has a certificate',
    (stage) => {
      expect(refusal(stage, at('http://127.0.0.1:4000/bank'))).toBe('accepted');
    },
  );

  test.each([
    'file:///etc/passwd',
    'data:application/json,{}',
    'ftp://bank.example.com',
    'javascript:alert(1)',
    'blob:https://bank.example.com/1',
  ])('is %s in no stage', (value) => {
    for (const stage of [...OPEN_STAGES, ...LOCAL_STAGES])
      expect(refusal(stage, at(value))).toContain('has the scheme');
  });

  test.each([
    ['https://bank.example.com/#api', 'has a fragment'],
    ['https://bank.example.com/api#', 'has a fragment'],
    ['bank.example.com', 'is no URL'],
    ['//bank.example.com', 'is no URL'],
    ['https://', 'is no URL'],
    ['', 'is no URL'],
    [' https://bank.example.com', 'is no URL'],
    ['https://bank.example.com\n', 'is no URL'],
    ['https:\\\\bank.example.com', 'is no URL'],
  ])('is refused as %j: it %s', (value, fault) => {
    expect(refusal('production', at(value))).toContain(fault);
  });

  test.each([
    'https://alice:hunter2@bank.example.com',
    'https://hunter2@bank.example.com',
    'https://:hunter2@bank.example.com/a',
  ])('is refused with a user or a password, which the message does not repeat: %s', (value) => {
    const message = refusal('production', at(value));

    expect(message).toContain("'https://…@bank.example.com");
    expect(message).toContain('holds a user or a password');
    expect(message).not.toContain('hunter2');
  });
});

describe('A7: a query', () => {
  test.each(['https://bank.example.com?tenant=1', 'https://bank.example.com/?'])(
    'has no place in what is extended or compared: %s',
    (value) => {
      for (const [setting, at] of SETTINGS.filter(([name]) => /\.url|issuer/.test(name)))
        expect([setting, refusal('production', at(value))]).toEqual([
          setting,
          expect.stringContaining('has a query'),
        ]);
    },
  );

  test('may be part of a token endpoint (RFC 6749 3.2) and of a key set', () => {
    for (const [, at] of SETTINGS.filter(([name]) => /tokenUrl|jwksUri/.test(name)))
      expect(refusal('production', at('https://bank.example.com/oauth2?v=2'))).toBe('accepted');
  });
});

describe('A7: the URL of a partner', () => {
  test.each([
    ['https://bank.example.com', 'https://bank.example.com'],
    ['https://bank.example.com/', 'https://bank.example.com'],
    ['https://bank.example.com/api/v1/', 'https://bank.example.com/api/v1'],
    ['https://bank.example.com/api//', 'https://bank.example.com/api'],
    ['HTTPS://Bank.Example.com:443/api', 'https://bank.example.com/api'],
  ])('is a base without a trailing slash: %s is %s', (url, base) => {
    expect(stageConfig('production', { partners: { bank: { url } } }).partners.bank?.url).toBe(base);
  });

  test('of an issuer is compared with tokens, so it stays as it is', () => {
    const issuer = 'https://identity.example.com/';

    expect(stageConfig('production', { identity: { ...identity, issuer } }).identity?.issuer).toBe(issuer);
  });
});

describe('A7: a name that is no URL', () => {
  test('is an issuer on this machine alone, where none is fetched from it', () => {
    const urn = { ...identity, issuer: 'urn:holdfast:local', jwksUri: 'http://127.0.0.1/jwks.json' };

    expect(refusal('local', { identity: urn })).toBe('accepted');
    expect(
      refusal('production', { identity: { ...urn, jwksUri: 'https://identity.example.com/jwks' } }),
    ).toContain("'urn:holdfast:local' has the scheme urn:");
  });
});

describe('A7: a token endpoint', () => {
  const bank = { name: 'bank', credentials: oauth2({ scopes: ['payments'] }) };
  const at = (settings: object) => ({ stage: 'production', partners: { bank: settings as { url: string } } });
  const url = 'https://bank.example.com';
  const tokenUrl = 'https://login.example.com/token';

  test('is handed on beside the URL of its partner', () => {
    expect(partnerUrls(at({ url, tokenUrl }), [bank])).toEqual({
      urls: { bank: url },
      tokenUrls: { bank: tokenUrl },
    });
  });

  test('is missed at synthesis by a partner with OAuth 2', () => {
    expect(() => partnerUrls(at({ url }), [bank])).toThrow(
      "partner 'bank' has oauth2 credentials and no tokenUrl in stage 'production'; add the token endpoint's URL (partners in lib/service.ts)",
    );
  });

  test.each([
    ['no', { name: 'bank' }],
    ['api-key', { name: 'bank', credentials: apiKey({ header: 'X-Api-Key' }) }],
  ])('is refused at synthesis for a partner with %s credentials', (kind, partner) => {
    expect(() => partnerUrls(at({ url, tokenUrl }), [partner])).toThrow(
      `partner 'bank' has tokenUrl '${tokenUrl}' in stage 'production' and ${kind} credentials; remove it`,
    );
  });

  test('needs a url beside it, like every partner', () => {
    expect(() => partnerUrls({ stage: 'dev', partners: {} }, [{ name: 'bank' }])).toThrow(
      "partner 'bank' has no url in stage 'dev'; add it (partners in lib/service.ts)",
    );
  });
});
