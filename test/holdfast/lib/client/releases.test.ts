import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mintToken } from '../../../../lib/holdfast/local/issuer.ts';
import { type Copy, copyRepository, SET_ASIDE } from '../../support/copy.ts';
import { type Service, startService } from '../../support/service.ts';

const run = promisify(execFile);

/** The next release has a member, a default and an action more; each release has a service and a client of its own. */
let next: Copy;
let services: Record<'this' | 'next', Service>;
const roots = { this: process.cwd(), next: '' };

beforeAll(async () => {
  next = await copyRepository();
  roots.next = next.root;
  await next.edit(
    'functions/actions/payouts/resource.ts',
    '    reference,\n',
    '    reference,\n    channel: reference.optional(),\n',
  );
  await next.edit(
    'functions/actions/payouts/create.ts',
    'beneficiary, reference })',
    "beneficiary, reference, channel: reference.default('sepa') })",
  );
  await next.write('functions/actions/payouts/set-aside.ts', SET_ASIDE);
  await run('node', ['--no-warnings', 'lib/holdfast/cli/main.ts', 'record'], { cwd: next.root });
  const [current, following] = await Promise.all([startService(), startService({ root: next.root })]);
  services = { this: current, next: following };
});
afterAll(async () => {
  await Promise.all(Object.values(services ?? {}).map((service) => service.end()));
  await next?.remove();
});

/** A client of one release goes through what every release does, in a process of its own. */
const SCRIPT = `
const { createClient } = await import(process.cwd() + '/lib/recorded/client.ts');
const [url, alice, bob] = process.argv.slice(1);
const as = (token) => createClient({ baseUrl: url, token: () => token });
const draft = { amount: { currency: 'EUR', value: '1250.00' }, beneficiary: { name: 'Lovelace Ltd', iban: 'DE89370400440532013000' }, reference: 'Invoice 7' };
const created = await as(alice).payouts.create(draft);
const { id } = created.data;
const submitted = await as(alice).payouts.submit(id, { ifMatch: created.etag });
const stale = await as(bob).payouts.approve(id, { ifMatch: created.etag });
const approved = await as(bob).payouts.approve(id, { ifMatch: submitted.etag });
const disbursed = await as(alice).payouts.disburse(id, { ifMatch: approved.etag });
const ended = await disbursed.operation.done();
const read = await as(alice).payouts.get(id);
const unknown = await as(alice).payouts.setAside?.(id, { ifMatch: read.etag, note: 'wait' });
console.log(JSON.stringify({ stale: stale.problem?.code, ended: ended.data?.state ?? ended.state, state: read.data.state, channel: read.data.channel, unknown: unknown?.problem?.code }));
`;

async function goThrough(client: 'this' | 'next', service: 'this' | 'next') {
  const tokens = await Promise.all(
    ['alice', 'bob'].map((subject) =>
      mintToken({ subject, tenant: 'acme', scopes: 'payouts:* operations:*' }),
    ),
  );
  const args = ['--no-warnings', '--input-type=module', '--eval', SCRIPT, services[service].url, ...tokens];
  const { stdout } = await run('node', args, {
    cwd: roots[client],
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  return JSON.parse(stdout);
}

describe('a client and a service of two releases', () => {
  const carriedThrough = { stale: 'version-mismatch', ended: 'succeeded', state: 'paid' };

  test('the client of the release before gets along with the next one, whatever members it does not know', async () => {
    expect(await goThrough('this', 'next')).toEqual({ ...carriedThrough, channel: 'sepa' });
  });

  test('the client of the next release gets along with the service before it, which says what it does not know', async () => {
    expect(await goThrough('next', 'this')).toEqual({ ...carriedThrough, unknown: 'route-not-found' });
  });
});
