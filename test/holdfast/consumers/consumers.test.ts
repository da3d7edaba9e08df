import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { PactV4, Verifier } from '@pact-foundation/pact';
import { startWire, type Wire } from '../support/wire.ts';
import { backOffice } from './back-office.ts';
import { meet } from './expectation.ts';
import { mobileApp } from './mobile-app.ts';
import { providerStates } from './provider-states.ts';

const CONSUMERS = [
  ['the mobile app', mobileApp],
  ['the back office', backOffice],
] as const;

let dir: string;
let wire: Wire;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'holdfast-pacts-'));
  wire = await startWire();
});
afterAll(async () => {
  await wire?.close();
  await rm(dir, { recursive: true, force: true });
});

describe.each(CONSUMERS)('%s', (consumer, expectations) => {
  test.each(expectations)('$upon', async (expectation) => {
    const pact = new PactV4({ consumer, provider: 'holdfast', dir, logLevel: 'error' });

    const result = await meet(pact, expectation);

    expect(result).toMatchObject(expectation.comesTo);
  });
});

test('the service meets what each of them expects', async () => {
  const pacts = (await readdir(dir)).map((file) => join(dir, file));
  const verifier = new Verifier({
    provider: 'holdfast',
    providerBaseUrl: wire.service.url,
    pactUrls: pacts,
    stateHandlers: { ...providerStates(wire) },
    // A state that spoils the network spoils it for one expectation.
    afterEach: async () => {
      wire.proxy.fate = () => 'pass';
    },
    logLevel: 'error',
  });

  const report = await verifier.verifyProvider();

  expect(pacts).toHaveLength(CONSUMERS.length);
  expect(JSON.parse(report)).toMatchObject({ result: true });
});
