import { expect, test } from '@jest/globals';
import { keyHash } from '../../../lib/holdfast/core/requests/idempotency-key.ts';
import type { Answer } from '../support/client.ts';
import type { LedgerEntry } from '../support/operations.ts';
import { Aftermath } from './aftermath.ts';
import { Told } from './told.ts';

const answer = (json: object): Answer => ({
  status: 200,
  headers: new Headers(),
  text: JSON.stringify(json),
  json: json as Answer['json'],
  etag: '',
  replayed: false,
});

const entry = (version: number, action: string, to: string, key = `key-${version}`) => ({
  version,
  action,
  to,
  actor: 'alice',
  key: keyHash(key),
});

const booked = (reference: string, done = 1): LedgerEntry => ({
  partner: 'bank',
  reference,
  asked: 1,
  done,
  state: 'BOOKED',
});

/** What a paid payout is, with whatever a test changes. */
function aftermath({
  state = 'paid',
  items = [entry(1, 'create', 'draft'), entry(2, 'submit', 'submitted')],
  completeToVersion = 2,
  ledger = [booked('po_1-b1')],
  operation = 'succeeded',
  told = (_: Told): void => undefined,
}) {
  const all = new Told();
  all.accept('po_1', 'create', 'alice', 'key-1', 1);
  all.accept('po_1', 'submit', 'alice', 'key-2', 2);
  told(all);
  const reader = {
    read: async () => answer({ id: 'po_1', state, version: 2 }),
    get: async () => answer({ items, completeToVersion, id: 'op_1', state: operation }),
    async resolve() {
      operation = 'succeeded';
      return answer({});
    },
  };
  return new Aftermath(
    all,
    () => reader,
    async () => ledger,
    { historyMs: 0 },
  );
}

test('nothing is found where everything is as clients were told', async () => {
  expect(await aftermath({}).faults()).toEqual([]);
});

test.each<[string, Parameters<typeof aftermath>[0], string]>([
  [
    'a payout that is paid twice',
    { ledger: [booked('po_1-b1'), booked('po_1-b2')] },
    'po_1 is paid, and the bank has',
  ],
  ['one that is paid and never was', { ledger: [] }, 'po_1 is paid, and the bank has []'],
  ['one that was paid and is returned', { state: 'returned' }, 'po_1 is returned, and the bank has'],
  [
    'a payment of nothing',
    { ledger: [booked('po_1-b1'), booked('po_2-b1')] },
    'asked to pay po_2, which nobody made',
  ],
  [
    'an accepted write that is gone',
    { items: [entry(1, 'create', 'draft')] },
    'submit of po_1 was accepted as version 2',
  ],
  [
    'an accepted write of another',
    { items: [entry(1, 'create', 'draft'), entry(2, 'submit', 'submitted', 'other')] },
    'submit of po_1 was accepted as version 2',
  ],
  ['a hole', { items: [entry(2, 'submit', 'submitted')] }, 'the history of po_1 has the versions 2 of 2'],
  ['a history that ends too early', { completeToVersion: 1 }, 'is complete to version 1 of 2'],
  ['an effect of what was refused', { told: (told) => told.refuse('key-2') }, 'was refused, and its key'],
  ['what a client saw', { told: (told) => told.violations.push('a client saw it') }, 'a client saw it'],
  [
    'a cancel that was accepted and forgotten',
    { told: (told) => told.operations.set('op_1', { payout: 'po_1', cancelled: true }) },
    'the cancel of op_1 was accepted, and it ended succeeded',
  ],
  [
    'a service that leaves its work to people',
    {
      operation: 'needs-attention',
      told: (told) => told.operations.set('op_1', { payout: 'po_1', cancelled: false }),
    },
    '1 of 1 operations needed a person',
  ],
])('%s is found', async (_, changed, fault) => {
  const faults = await aftermath(changed).faults();

  expect(faults.join('\n')).toContain(fault);
});
