import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { expect, test } from '@jest/globals';
import { versionsCommand } from '../../../../lib/holdfast/cli/versions/versions.ts';
import { mintToken } from '../../../../lib/holdfast/local/issuer.ts';
import { BASE_URL, freshTenant } from '../../contract/users.ts';
import { user } from '../../support/client.ts';
import { eventually } from '../../support/eventually.ts';

const today = () => new Date().toISOString().slice(0, 10);
const TODAY = today();

/** A client of a name that no other test uses. */
async function clientOf(name: string, scopes = 'payouts:read') {
  const client = `${name}-${randomUUID()}`;
  const token = await mintToken({ subject: 'alice', tenant: freshTenant(), scopes, client });
  return { client, ...user(BASE_URL, token) };
}

const versions = async () => {
  const lines: string[] = [];
  await versionsCommand({ url: BASE_URL, stage: undefined }, {}, TODAY, (line) => lines.push(line));
  return lines;
};

test('npm run versions tells of the local cloud which client was seen last in which of two versions', async () => {
  const [mobile, web, refused] = await Promise.all([
    clientOf('mobile'),
    clientOf('web'),
    clientOf('refused', 'operations:read'),
  ]);
  await mobile.get('/payouts', { 'API-Version': '2026-05-01' });
  await mobile.get('/payouts', { 'API-Version': '2026-05-01' });
  await web.get('/payouts');
  await web.get('/payouts', { 'API-Version': '2026-05-02' });
  const denied = await refused.get('/payouts', { 'API-Version': '2026-05-01' });

  const rowOf = ({ client }: { readonly client: string }, lines: readonly string[]) =>
    lines
      .slice(0, lines.indexOf(''))
      .filter((line) => line.includes(client))
      .map((line) => line.trim().split(/ {2,}/).slice(-2));
  const counts = (lines: readonly string[]) =>
    [mobile, refused, web].map((each) => rowOf(each, lines).map(([, requests]) => requests));
  const counted = [['2'], ['1'], ['1']];
  const lines = await eventually('four requests', versions, (told) =>
    isDeepStrictEqual(counts(told), counted),
  );

  expect(denied.status).toBe(403);
  expect(counts(lines)).toEqual(counted);
  // A day may end meanwhile.
  for (const each of [mobile, refused, web]) expect([TODAY, today()]).toContain(rowOf(each, lines)[0]?.[0]);
  const older = lines.findIndex((line) => line.startsWith('2026-05-01'));
  const at = ({ client }: { readonly client: string }) => lines.findIndex((line) => line.includes(client));
  expect(at(web)).toBeLessThan(older);
  expect(at(mobile)).toBeGreaterThanOrEqual(older);
  expect(lines.at(-1)).toMatch(/^2026-05-01 is still used by .*, last on \d{4}-\d\d-\d\d: it may end on /);
});
