import { describe, expect, test } from '@jest/globals';
import bank from '../../../../functions/partners/bank.ts';
import { definePartner, type Partner } from '../../../../lib/holdfast/core/partners/define-partner.ts';
import { defineSimulator, playedPartner } from '../../../../lib/holdfast/core/partners/define-simulator.ts';
import { hmac } from '../../../../lib/holdfast/core/partners/verification.ts';
import { madeUpCallbackSecret } from '../../../../lib/holdfast/local/partners/made-up-secrets.ts';
import { PartnerSimulator } from '../../../../lib/holdfast/local/partners/partner-simulator.ts';
import { signCallback } from '../../../../lib/holdfast/local/partners/sign-callback.ts';
import {
  answer,
  type ScriptedPartner,
  scriptedPartner,
} from '../../../../lib/holdfast/testing/partner/scripted-partner.ts';

const verify = hmac({ header: 'X-Signature', timestamp: 'X-Timestamp', encoding: 'hex', prefix: 'sha256=' });

/** A partner that nobody has heard of, whose words stand deep, and which signs in a manner of its own. */
const courier: Partner = definePartner({
  ...bank,
  name: 'courier',
  callbackSeconds: 60,
  answers: {
    at: ['/parcel/state', '/parcel/why'],
    succeeded: ['DELIVERED'],
    pending: ['ON_ITS_WAY'],
    notFound: ['NO_PARCEL'],
    rejects: { 'LOST/7': 'the parcel is lost' },
    http: { 202: 'pending', 429: 'unavailable' },
  },
  callback: { reference: '/parcel/id' },
  verify,
});

const simulator = defineSimulator({
  partner: courier,
  on: {
    'PUT /parcels': {
      reference: '/parcel/id',
      done: 'DELIVERED',
      later: 'ON_ITS_WAY',
      refused: 'LOST/7',
      callsBack: true,
      members: { '/parcel/label': 'l-{reference}' },
    },
    'GET /parcels/{reference}': { absent: 'NO_PARCEL', members: { '/parcel/id': '{reference}' } },
  },
});

/** Plays it while a test runs, and keeps what it calls back. */
async function playing(run: (url: string, api: ScriptedPartner) => Promise<void>): Promise<void> {
  const played = new PartnerSimulator([playedPartner(simulator)]);
  await using api = await scriptedPartner();
  await played.listen();
  played.callbackUrl = api.url;
  await run(played.url, api);
  await played.close();
}

const send = async (url: string, method: string, body?: object) => {
  const response = await fetch(url, { method, ...(body && { body: JSON.stringify(body) }) });
  return [response.status, await response.json()];
};

/** Resolves when so many callbacks have come. */
const callbacks = (api: ScriptedPartner, count: number) =>
  new Promise<void>((resolve) => {
    let came = 0;
    api.respond = (response, request) => {
      answer(200, {})(response, request);
      if (++came === count) resolve();
    };
  });

describe('A8: a partner of any name is played by its simulator', () => {
  test('and calls back in its own words, with the members of its route, signed in its own manner', () =>
    playing(async (url, api) => {
      const called = callbacks(api, 1);

      const taken = await send(`${url}/courier/parcels`, 'PUT', { parcel: { id: 'po_1-a1' } });
      await called;
      const told = await send(`${url}/courier/parcels/po_1-a1`, 'GET');

      expect(taken).toEqual([202, {}]);
      expect(told).toEqual([200, { parcel: { state: 'DELIVERED', id: 'po_1-a1' } }]);
      expect(api.requests).toEqual(['POST /partners/courier/callbacks']);
      expect(api.bodies).toEqual([{ parcel: { state: 'DELIVERED', id: 'po_1-a1', label: 'l-po_1-a1' } }]);
      const { 'x-timestamp': seconds, 'x-signature': signature } = api.headers[0] ?? {};
      const body = JSON.stringify(api.bodies[0]);
      const at = new Date(Number(seconds) * 1000);
      const secret = madeUpCallbackSecret('courier');
      expect(signCallback(verify, { secret, id: '', at, body })['X-Signature']).toBe(signature);
    }));

  test('and tells by callback that it is late, and then that it is done', () =>
    playing(async (url, api) => {
      const called = callbacks(api, 2);
      await send(`${url}/faults/courier`, 'PUT', { booksLateMs: 300, callbackMs: 0 });

      await send(`${url}/courier/parcels`, 'PUT', { parcel: { id: 'po_1-a1' } });
      await called;

      expect(api.bodies).toMatchObject([
        { parcel: { state: 'ON_ITS_WAY' } },
        { parcel: { state: 'DELIVERED' } },
      ]);
    }));

  test('and refuses by its own word, and keeps no ledger of what it has not done', () =>
    playing(async (url) => {
      await send(`${url}/faults/courier`, 'PUT', { reject: 1, neverCallback: 1 });

      await send(`${url}/courier/parcels`, 'PUT', { parcel: { id: 'po_1-a1' } });
      const [, told] = await send(`${url}/courier/parcels/po_1-a1`, 'GET');
      const [, ledger] = await send(`${url}/ledger`, 'GET');

      expect(told).toMatchObject({ parcel: { state: 'LOST', why: '7' } });
      expect(ledger).toMatchObject([
        { partner: 'courier', asked: 1, done: 0, state: 'LOST', word: 'LOST/7' },
      ]);
    }));

  test('and does wrong what it is told to, for one reference alone', () =>
    playing(async (url) => {
      await send(`${url}/faults/courier`, 'PUT', { reject: 1, neverCallback: 1, only: 'po_1' });

      for (const id of ['po_1-a1', 'po_2-a1'])
        await send(`${url}/courier/parcels`, 'PUT', { parcel: { id } });
      const [, ledger] = await send(`${url}/ledger`, 'GET');

      expect(ledger).toMatchObject([
        { reference: 'po_1-a1', done: 0, state: 'LOST' },
        { reference: 'po_2-a1', done: 1, state: 'DELIVERED' },
      ]);
    }));

  test('and does wrong to two references what it is told of each, until it is told otherwise of all', () =>
    playing(async (url) => {
      await send(`${url}/faults/courier`, 'PUT', { error: 1, only: 'po_1' });
      await send(`${url}/faults/courier`, 'PUT', { unavailableSeconds: 7, only: 'po_2' });
      const ask = (id: string) =>
        fetch(`${url}/courier/parcels`, { method: 'PUT', body: JSON.stringify({ parcel: { id } }) });

      const [failed, later] = await Promise.all([ask('po_1-a1'), ask('po_2-a1')]);
      await send(`${url}/faults/courier`, 'PUT', { neverCallback: 1 });
      const mended = await ask('po_1-a1');

      expect([failed.status, later.status, mended.status]).toEqual([500, 429, 202]);
      expect(later.headers.get('Retry-After')).toBe('7');
    }));

  test.each([
    [{ reject: 7 }, /^'reject' is 7; write a chance from 0 to 1$/],
    [{ neverCallback: -1 }, /^'neverCallback' is -1; write a chance from 0 to 1$/],
    [{ refuse: 1 }, /^'refuse' is not a fault; use only, latencyMs, .*skewSeconds$/],
    [{ reject: true }, /^'reject' is true, not a number; write a number$/],
    [{ error: 1, says: 7 }, /^'says' is 7, not a string; write a string$/],
  ])('and told %j, it is told what is wrong, and does everything right', (faults, error) =>
    playing(async (url) => {
      const refused = await send(`${url}/faults/courier`, 'PUT', faults);
      const set = await send(`${url}/faults`, 'GET');

      expect(refused).toEqual([400, { error: expect.stringMatching(error) }]);
      expect(set).toEqual([200, {}]);
    }),
  );

  test('and one without a simulator is answered with the remedy', () =>
    playing(async (url) => {
      expect(await send(`${url}/nobody/x`, 'POST', {})).toEqual([
        501,
        { error: "no simulator for partner 'nobody'; add functions/partners/nobody.simulator.ts" },
      ]);
    }));
});
