// Written by npm run record.

/** The version of the contract that the client speaks. */
export const API_VERSION = '2026-11-01';

/** Where each operation of the document is, and where its input goes. */
export const routes = {
  payouts: {
    /** List payouts, newest first. */
    list: { id: 'payouts.list', method: 'get', path: '/payouts', takes: 'query' },
    /** Draft a payout. */
    create: { id: 'payouts.create', method: 'post', path: '/payouts', takes: 'body' },
    /** Read a payout as its last write left it. */
    get: { id: 'payouts.get', method: 'get', path: '/payouts/{payoutId}', takes: undefined },
    /** Read who did what to a payout, in order. */
    history: { id: 'payouts.history', method: 'get', path: '/payouts/{payoutId}/history', takes: 'query' },
    /** Approve a submitted payout, so that it can be disbursed. */
    approve: { id: 'payouts.approve', method: 'post', path: '/payouts/{payoutId}/approve', takes: 'body' },
    /** Cancel a payout whose money has not been sent on its way. */
    cancel: { id: 'payouts.cancel', method: 'post', path: '/payouts/{payoutId}/cancel', takes: 'body' },
    /** Change the amount of a payout that is still a draft. */
    changeAmount: {
      id: 'payouts.change-amount',
      method: 'post',
      path: '/payouts/{payoutId}/change-amount',
      takes: 'body',
    },
    /** Send the money of an approved payout on its way; the answer names the operation that carries it out. */
    disburse: { id: 'payouts.disburse', method: 'post', path: '/payouts/{payoutId}/disburse', takes: 'body' },
    /** Take a cancelled or returned payout back to draft. */
    reopen: { id: 'payouts.reopen', method: 'post', path: '/payouts/{payoutId}/reopen', takes: 'body' },
    /** Submit a draft for approval. */
    submit: { id: 'payouts.submit', method: 'post', path: '/payouts/{payoutId}/submit', takes: 'body' },
  },
  operations: {
    /** List operations, newest first. */
    list: { id: 'operations.list', method: 'get', path: '/operations', takes: 'query' },
    /** Read what an operation has come to. */
    get: { id: 'operations.get', method: 'get', path: '/operations/{operationId}', takes: undefined },
    /** Cancel an operation, until its point of no return has been sent. */
    cancel: {
      id: 'operations.cancel',
      method: 'post',
      path: '/operations/{operationId}/cancel',
      takes: 'body',
    },
    /** Say what became of an operation that needs attention, with the evidence for it. */
    resolve: {
      id: 'operations.resolve',
      method: 'post',
      path: '/operations/{operationId}/resolve',
      takes: 'body',
    },
  },
} as const;
