import { describe, expect, test } from '@jest/globals';
import { stageConfig } from '../../../lib/holdfast/service/config.ts';
import { checkStageName } from '../../../lib/holdfast/service/define-service.ts';

type Replaced = Parameters<typeof stageConfig>[1];

/** What is said of settings as JavaScript could write them. */
const refusalOf = (replaced: Record<string, unknown>): string => {
  try {
    stageConfig('dev', replaced as Replaced);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  throw new Error(`${JSON.stringify(replaced)} was accepted`);
};

const identity = { issuer: 'https://identity.example.com', audience: 'holdfast' };

describe('the settings of a stage', () => {
  test.each(['local', 'emulated', 'dev', 'staging', 'production'])('%s are valid as they stand', (stage) => {
    const config = stageConfig(stage);

    expect(config.stage).toBe(stage);
    expect(config.basePath).toBe(stage === 'local' ? '' : `/${stage}`);
  });

  test('are refused where they are not valid, with the setting, what is allowed, and the file', () => {
    expect(() => stageConfig('prod')).toThrow(
      "stage 'prod' is unknown; choose from local, emulated, acceptance, dev, staging, production",
    );
    expect(() => stageConfig('dev', { logLevel: 'LOUD' as 'INFO' })).toThrow(
      /lib\/service\.ts is not valid(.|\n)*logLevel/,
    );
    expect(() => stageConfig('dev', { colour: 'red' } as object)).toThrow(/colour/);
    expect(() => stageConfig('dev', { allowOrigin: 'javascript:alert(1)' })).toThrow(/allowOrigin/);
  });

  test('keep the data of every stage that says nothing else', () => {
    const kept = ['local', 'dev', 'staging', 'production'].filter((stage) => stageConfig(stage).retainData);

    expect(kept).toEqual(['staging', 'production']);
  });

  test('have defaults, inside a setting too', () => {
    const {
      allowOrigin,
      logLevel,
      logRetentionDays,
      throttle,
      identity: whose,
      userPool,
    } = stageConfig('staging');

    expect({ allowOrigin, logLevel, logRetentionDays, throttle }).toEqual({
      allowOrigin: '*',
      logLevel: 'INFO',
      logRetentionDays: 30,
      throttle: { ratePerSecond: 100, burst: 200 },
    });
    expect(whose).toBeUndefined();
    expect(userPool).toEqual({ clients: { machine: { tenant: 'default' } }, accessTokenMinutes: 60 });
    expect(stageConfig('dev', { identity: { ...identity, claims: { tenant: 'org' } } }).identity).toEqual({
      ...identity,
      claims: { tenant: 'org', subject: 'sub', client: 'client_id', scopes: 'scope' },
    });
  });

  test('C: name one issuer: with neither, or with both, they are refused before a release takes a pool away', () => {
    const neither = refusalOf({ userPool: undefined });
    const both = refusalOf({ identity, userPool: { clients: { machine: { tenant: 'acme' } } } });

    expect(neither).toMatch(/name your issuer \(identity\) or a user pool .*, one of the two/);
    expect(neither).toContain("userPool: { clients: { machine: { tenant: 'default' } } } keeps it");
    expect(both).toBe(neither);
  });

  test('C: let a token be good for an hour, and for a day at most', () => {
    const pool = (accessTokenMinutes: number) => ({
      userPool: { clients: { machine: { tenant: 'acme' } }, accessTokenMinutes },
    });

    expect(stageConfig('dev', pool(1_440)).userPool?.accessTokenMinutes).toBe(1_440);
    expect(refusalOf(pool(1_441))).toContain('at userPool.accessTokenMinutes');
    expect(refusalOf(pool(4))).toContain('at userPool.accessTokenMinutes');
  });

  // The authorizer would have refused each token of the client.
  test.each(['', 'x'.repeat(129), 'ac\u202eme'])(
    'refuse a client whose tenant no token may name: %j',
    (tenant) => {
      expect(refusalOf({ userPool: { clients: { machine: { tenant } } } })).toContain(
        'must be a text of 1 to 128 characters, none of them hidden',
      );
    },
  );

  test.each(['prod', '', 'Dev', 'dev '])('of no stage %j are not made up', (stage) => {
    expect(() => stageConfig(stage)).toThrow(
      new Error(
        `stage '${stage}' is unknown; choose from local, emulated, acceptance, dev, staging, production, or add it in lib/service.ts`,
      ),
    );
  });

  test.each([
    ['retainDat', { retainDat: true }],
    ['audiance', { identity: { ...identity, audiance: 'x' } }],
    ['role', { identity: { ...identity, claims: { role: 'x' } } }],
    ['rate', { throttle: { ratePerSecond: 1, burst: 1, rate: 1 } }],
  ])('with the unknown key %s are refused, with the stage and the file', (key, replaced) => {
    const refusal = refusalOf(replaced);

    expect(refusal).toMatch(/^stage 'dev' in lib\/service\.ts is not valid\n/);
    expect(refusal).toContain(`"${key}"`);
  });

  test.each([
    ['identity.issuer', { identity: { ...identity, issuer: '' } }],
    ['identity.audience', { identity: { issuer: 'https://identity.example.com' } }],
    ['identity.jwksUri', { identity: { ...identity, jwksUri: '/.well-known/jwks.json' } }],
    ['allowOrigin', { allowOrigin: 'app.example.com' }],
    ['allowOrigin', { allowOrigin: 'javascript:alert(1)' }],
    ['allowOrigin', { allowOrigin: '' }],
    ['logLevel', { logLevel: 'debug' }],
    ['logRetentionDays', { logRetentionDays: 31 }],
    ['retainData', { retainData: 'no' }],
    ['throttle.ratePerSecond', { throttle: { ratePerSecond: 0, burst: 1 } }],
    ['throttle.burst', { throttle: { ratePerSecond: 1, burst: 1.5 } }],
    ['throttle.burst', { throttle: { ratePerSecond: 1 } }],
  ])('with a wrong %s are refused, with the setting, the stage and the file', (setting, replaced) => {
    const refusal = refusalOf(replaced);

    expect(refusal).toMatch(/^stage 'dev' in lib\/service\.ts is not valid\n/);
    expect(refusal).toContain(`at ${setting}`);
  });

  // Any URL passes for an origin. A browser compares the header with scheme, host and port alone (Fetch 4.10), so
  // that no page may call the API; and a quote ends the literal of a gateway response.
  test.each([
    'https://app.example.com/',
    'https://app.example.com/pages',
    'https://app.example.com?x',
    'https://alice:secret@app.example.com',
    "https://app.example.com/'",
    'HTTPS://APP.example.com',
  ])('with %s for an origin are refused', (allowOrigin) => {
    expect(refusalOf({ allowOrigin })).toContain('at allowOrigin');
  });

  // The default of jwksUri is made of the issuer, and a name that is no URL makes one that nobody can fetch; each
  // request is then answered 503.
  test('with an issuer that is no URL are refused without a jwksUri', () => {
    const named = { identity: { issuer: 'urn:acme:identity', audience: 'holdfast' } };

    expect(() => stageConfig('local', named)).toThrow(/jwksUri/);
    expect(refusalOf(named)).toContain('at identity.issuer');
  });
});

// A Cognito domain is refused with one, minutes into a deployment.
test.each(['Prod', 'qa_1', 'staging-aws', 'laws', '-x'])(
  '%s is no name of a stage, since not every physical name may have it',
  (stage) => {
    expect(() => checkStageName(stage)).toThrow(
      /^the name of stage '.*' in lib\/service\.ts is not valid\n.*(kebab case|keeps for itself)/,
    );
    expect(() => checkStageName('qa-1')).not.toThrow();
  },
);
