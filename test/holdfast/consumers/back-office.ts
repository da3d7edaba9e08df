import { MatchersV3 } from '@pact-foundation/pact';
import { EXAMPLE, type Expectation } from './expectation.ts';

const { atLeastLike, eachLike, integer, like, regex, string } = MatchersV3;

const { id, operationId, etag } = EXAMPLE;

const TAG = regex(/^".+"$/, etag);

const ACTIONS = eachLike(string('approve'), 1);

/** Some people at desks, who look at the same payouts and act on them at the same time. */
export const backOffice: readonly Expectation[] = [
  {
    upon: 'lists what waits for approval',
    given: 'a submitted payout',
    call: (client) => client.payouts.list({ state: 'submitted' }),
    request: { method: 'GET', path: '/payouts', query: { state: 'submitted' } },
    response: {
      status: 200,
      body: {
        items: atLeastLike(
          { id: string(id), state: 'submitted', amount: { currency: string('EUR'), value: string('1.00') } },
          1,
        ),
      },
    },
    comesTo: { ok: true, data: { items: [{ id, state: 'submitted' }] } },
  },
  {
    upon: 'looks at a payout, and at what may be done with it',
    given: 'a submitted payout',
    call: (client) => client.payouts.get(id),
    request: { method: 'GET', path: '/payouts/{id}' },
    response: {
      status: 200,
      headers: { ETag: TAG },
      body: { id: like(id), state: 'submitted', submittedBy: 'alice', allowedActions: ACTIONS },
    },
    comesTo: { ok: true, etag, data: { id, allowedActions: ['approve'] } },
  },
  {
    upon: 'approves what it saw',
    given: 'a submitted payout',
    call: (client) => client.payouts.approve(id, { ifMatch: etag, note: 'checked' }),
    request: { method: 'POST', path: '/payouts/{id}/approve', ifMatch: true, body: { note: 'checked' } },
    response: {
      status: 200,
      headers: { ETag: TAG },
      body: { id: like(id), state: 'approved', approvedBy: 'bob' },
    },
    comesTo: { ok: true, etag, replayed: false, data: { state: 'approved' } },
  },
  {
    upon: 'approves what somebody else has cancelled meanwhile',
    given: 'a submitted payout that was cancelled after it was read',
    call: (client) => client.payouts.approve(id, { ifMatch: etag }),
    request: { method: 'POST', path: '/payouts/{id}/approve', ifMatch: true, body: {} },
    response: {
      status: 412,
      headers: { ETag: TAG },
      body: {
        code: 'version-mismatch',
        recovery: 'refresh',
        current: { state: 'cancelled', version: integer(3), allowedActions: eachLike(string('reopen'), 1) },
      },
    },
    comesTo: { ok: false, etag, problem: { code: 'version-mismatch', current: { state: 'cancelled' } } },
  },
  {
    upon: 'approves a draft, which its state does not allow',
    given: 'a draft',
    call: (client) => client.payouts.approve(id, { ifMatch: etag }),
    request: { method: 'POST', path: '/payouts/{id}/approve', ifMatch: true, body: {} },
    response: {
      status: 409,
      headers: { ETag: TAG },
      body: {
        code: 'illegal-transition',
        recovery: 'refresh',
        current: { state: 'draft', version: integer(1), allowedActions: ACTIONS },
      },
    },
    comesTo: { ok: false, etag, problem: { code: 'illegal-transition', current: { state: 'draft' } } },
  },
  {
    upon: 'approves what the same person has submitted',
    given: 'a payout that the same person has submitted',
    call: (client) => client.payouts.approve(id, { ifMatch: etag }),
    request: { method: 'POST', path: '/payouts/{id}/approve', ifMatch: true, body: {} },
    response: { status: 403, body: { code: 'separation-of-duties', recovery: 'stop' } },
    comesTo: { ok: false, problem: { code: 'separation-of-duties', recovery: 'stop' } },
  },
  {
    upon: 'sends the money on its way',
    given: 'an approved payout',
    call: (client) => client.payouts.disburse(id, { ifMatch: etag }),
    request: { method: 'POST', path: '/payouts/{id}/disburse', ifMatch: true, body: {} },
    response: {
      status: 202,
      headers: {
        ETag: TAG,
        Location: regex(/\/operations\/op_\w+$/, `/operations/${operationId}`),
        'Retry-After': regex(/^\d+$/, '1'),
      },
      body: { id: string(operationId), state: 'accepted', cancelable: true },
    },
    comesTo: { ok: true, etag, data: { state: 'accepted' }, operation: { id: operationId } },
  },
  {
    upon: 'asks what has become of it',
    given: 'an operation under way',
    call: (client) => client.operations.get(operationId),
    request: { method: 'GET', path: '/operations/{operationId}' },
    response: {
      status: 200,
      headers: { ETag: TAG, 'Retry-After': regex(/^\d+$/, '1') },
      body: {
        id: string(operationId),
        state: regex(/^(accepted|running|waiting)$/, 'running'),
        progress: { completed: integer(0), total: integer(2) },
      },
    },
    comesTo: { ok: true, etag, data: { progress: { completed: 0, total: 2 } } },
  },
];
