import { MatchersV3 } from '@pact-foundation/pact';
import { draft } from '../support/client.ts';
import { EXAMPLE, type Expectation } from './expectation.ts';

const { integer, like, regex, string } = MatchersV3;

const { id, etag, key } = EXAMPLE;

const TAG = regex(/^".+"$/, etag);

const payout = (state: string) => ({ id: like(id), state, version: integer(1) });

/** An app on a phone: it loses answers, and sends the same again under the same key. */
export const mobileApp: readonly Expectation[] = [
  {
    upon: 'drafts a payout',
    given: 'nothing is there',
    call: (client) => client.payouts.create(draft()),
    request: { method: 'POST', path: '/payouts', body: draft() },
    response: {
      status: 201,
      headers: { ETag: TAG, Location: regex(/\/payouts\/po_\w+$/, `/payouts/${id}`) },
      body: { ...payout('draft'), amount: draft().amount },
    },
    comesTo: { ok: true, etag, replayed: false, data: { id, state: 'draft' } },
  },
  {
    upon: 'drafts a payout again, whose answer was lost',
    given: 'a create whose answer was lost',
    call: (client) => client.payouts.create(draft(), { idempotencyKey: key }),
    request: { method: 'POST', path: '/payouts', sameKey: true, body: draft() },
    response: { status: 201, headers: { ETag: TAG, 'Idempotent-Replayed': 'true' }, body: payout('draft') },
    comesTo: { ok: true, etag, replayed: true, data: { id } },
  },
  {
    upon: 'submits again, though the payout has moved on since',
    given: 'a submit whose answer was lost, and an approval since',
    call: (client) => client.payouts.submit(id, { ifMatch: etag }, { idempotencyKey: key }),
    request: { method: 'POST', path: '/payouts/{id}/submit', ifMatch: true, sameKey: true, body: {} },
    response: {
      status: 200,
      headers: { ETag: TAG, 'Idempotent-Replayed': 'true' },
      body: payout('submitted'),
    },
    comesTo: { ok: true, etag, replayed: true, data: { id, state: 'submitted' } },
  },
  {
    upon: 'drafts another payout under a key that it used before',
    given: 'a create whose answer was lost',
    call: (client) => client.payouts.create(draft('1.00'), { idempotencyKey: key }),
    request: { method: 'POST', path: '/payouts', sameKey: true, body: draft('1.00') },
    response: {
      status: 422,
      body: { code: 'idempotency-key-reused', recovery: 'fix-request', title: string('Used before') },
    },
    comesTo: { ok: false, problem: { code: 'idempotency-key-reused', recovery: 'fix-request' } },
  },
  {
    upon: 'drafts a payout while the service cannot',
    given: 'the table cannot be reached',
    call: (client) => client.payouts.create(draft()),
    request: { method: 'POST', path: '/payouts', body: draft() },
    response: {
      status: 503,
      // Longer than it goes on trying, so that it is told.
      headers: { 'Retry-After': regex(/^\d+$/, '60') },
      body: { code: 'temporarily-unavailable', recovery: 'retry' },
    },
    comesTo: { ok: false, problem: { code: 'temporarily-unavailable', recovery: 'retry' } },
  },
];
