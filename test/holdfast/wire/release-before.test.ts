import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Answer, freshKey, type User } from '../support/client.ts';
import { type ProxiedTable, startProxiedTable } from '../support/proxied-table.ts';
import { copyOfReleaseBefore } from '../support/release-copy.ts';
import { type Service, signIn, startService } from '../support/service.ts';

// Two releases over one table, as they are while one rolls out, and after it has been rolled back.

const before = await copyOfReleaseBefore();
const withHistory = before === undefined ? test.skip : test;

let table: ProxiedTable;
let services: readonly Service[] = [];
let users: readonly User[] = [];
beforeAll(async () => {
  if (before === undefined) return;
  table = await startProxiedTable();
  const dynamodb = table.emulator;
  services = [await startService({ dynamodb }), await startService({ dynamodb, root: before.root })];
  users = await Promise.all(services.map(({ url }) => signIn(url)));
});
afterAll(async () => {
  await Promise.all(services.map((service) => service.end()));
  await table?.close();
  await before?.remove();
});

/** Which release takes each write, the one of now first. */
const COURSES = {
  'by both in turns': (i: number) => i % 2,
  'by this one, and then by the one before': (i: number) => Math.floor(i / 20),
  'by the one before, and then by this one': (i: number) => 1 - Math.floor(i / 20),
};

withHistory.each(Object.entries(COURSES))(
  `of forty writes of one resource, made %s, each is answered again by either of them as it was, and acts no second time`,
  async (_, takes) => {
    const by = (release: number): User => {
      const found = users[release];
      if (found === undefined) throw new Error('there are two');
      return found;
    };
    const created = await by(0).create();
    const sent: { readonly on: Answer; readonly sending: object; readonly answer: Answer }[] = [];
    let payout = created;
    for (let i = 0; i < 40; i++) {
      const sending = { key: freshKey(), body: { amount: { currency: 'EUR', value: `${i + 1}.00` } } };
      const answer = await by(takes(i)).act('change-amount', payout, sending);
      expect(answer.status).toBe(200);
      sent.push({ on: payout, sending, answer });
      payout = answer;
    }

    for (const { on, sending, answer } of sent)
      for (const release of [0, 1]) {
        const again = await by(release).act('change-amount', on, sending);
        expect([again.status, again.replayed, again.text]).toEqual([200, true, answer.text]);
      }
    expect((await by(0).get(`/payouts/${created.json.id}`)).json.version).toBe(41);
  },
);
