import { mintToken } from '../../../lib/holdfast/local/issuer.ts';
import { type Answer, freshKey, user } from '../support/client.ts';
import { eventually } from '../support/eventually.ts';
import type { Wire } from '../support/wire.ts';

/** What an expectation begins with. */
export type StateName =
  | 'nothing is there'
  | 'a create whose answer was lost'
  | 'a submit whose answer was lost, and an approval since'
  | 'the table cannot be reached'
  | 'a draft'
  | 'a submitted payout'
  | 'a submitted payout that was cancelled after it was read'
  | 'a payout that the same person has submitted'
  | 'an approved payout'
  | 'an operation under way';

/** What fills in the request of the expectation, by its name there. */
type Values = Record<string, string>;

/** Brings a running service into each state, by the very requests that lead there; each in a tenant of its own. */
export function providerStates({ service, proxy }: Wire): Record<StateName, () => Promise<Values>> {
  const people = async () => {
    const tenant = `tenant-${freshKey()}`;
    const sign = (subject: string) => mintToken({ subject, tenant, scopes: 'payouts:* operations:*' });
    const [alice, bob] = await Promise.all([sign('alice'), sign('bob')]);
    return { alice: user(service.url, alice), bob: user(service.url, bob) };
  };
  const read = (payout: Answer) => ({ id: String(payout.json.id), etag: payout.etag });
  const submitted = async () => {
    const { alice, bob } = await people();
    const payout = await alice.act('submit', await alice.create());
    return { alice, bob, payout };
  };
  const approved = async () => {
    const { alice, bob, payout } = await submitted();
    return { alice, bob, payout: await bob.act('approve', payout) };
  };
  return {
    'nothing is there': async () => {
      const { alice } = await people();
      return { token: alice.token };
    },
    'a create whose answer was lost': async () => {
      const { alice } = await people();
      const key = freshKey();
      await alice.create(key);
      return { token: alice.token, key };
    },
    'a submit whose answer was lost, and an approval since': async () => {
      const { alice, bob } = await people();
      const [created, key] = [await alice.create(), freshKey()];
      await bob.act('approve', await alice.act('submit', created, { key }));
      return { token: alice.token, key, ...read(created) };
    },
    'the table cannot be reached': async () => {
      const { alice } = await people();
      proxy.fate = ({ operation }) =>
        operation === 'PutItem' ? { refuse: 'ProvisionedThroughputExceededException' } : 'pass';
      return { token: alice.token };
    },
    'a draft': async () => {
      const { alice, bob } = await people();
      return { token: bob.token, ...read(await alice.create()) };
    },
    'a submitted payout': async () => {
      const { bob, payout } = await submitted();
      // Lists are by an index that follows the writes.
      await eventually(
        'the submitted payout to be listed',
        () => bob.get('/payouts?state=submitted'),
        ({ text }) => text.includes(String(payout.json.id)),
      );
      return { token: bob.token, ...read(payout) };
    },
    'a submitted payout that was cancelled after it was read': async () => {
      const { alice, bob, payout } = await submitted();
      await alice.act('cancel', payout, { body: { reason: 'a mistake' } });
      return { token: bob.token, ...read(payout) };
    },
    'a payout that the same person has submitted': async () => {
      const { alice, payout } = await submitted();
      return { token: alice.token, ...read(payout) };
    },
    'an approved payout': async () => {
      const { alice, payout } = await approved();
      return { token: alice.token, ...read(payout) };
    },
    'an operation under way': async () => {
      await fetch(`${service.partners}/faults/screening`, { method: 'PUT', body: '{"neverCallback":1}' });
      const { alice, payout } = await approved();
      const operation = await alice.act('disburse', payout);
      return { token: alice.token, operationId: String(operation.json.id) };
    },
  };
}
