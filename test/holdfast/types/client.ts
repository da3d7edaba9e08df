import { createClient, type ProblemOf } from '../../../lib/recorded/client.ts';

// Calls of the typed client that are wrong, each of which the compiler refuses: see must-not-compile.ts.

const client = createClient({ baseUrl: 'http://127.0.0.1', token: 'x' });
const ifMatch = '"1-AAAA"';

// An action without what it needs: the version, a member, an id.
// @ts-expect-error
client.payouts.approve('po_1', { note: 'x' });
// @ts-expect-error
client.payouts.cancel('po_1', { ifMatch });
// @ts-expect-error
client.payouts.approve({ ifMatch });
// @ts-expect-error
client.payouts.create();

// A member, an action, a state and a resource that are not there; a version where none is asked for.
// @ts-expect-error
client.payouts.approve('po_1', { ifMatch, colour: 'red' });
// @ts-expect-error
client.payouts.ignore('po_1', { ifMatch });
// @ts-expect-error
client.payouts.list({ state: 'lost' });
// @ts-expect-error
client.partners.callback('bank', {});
// @ts-expect-error
client.operations.cancel('op_1', { ifMatch });

// An answer that is read before it is known to be one, and an operation of an action that starts none.
// @ts-expect-error
(await client.payouts.get('po_1')).data.amount;
const approved = await client.payouts.approve('po_1', { ifMatch });
// @ts-expect-error
if (approved.ok) approved.operation.done();

/** Problems of one action, by code: one that is left out, or that this action never answers, does not compile. */
const told = {
  'access-denied': 'stop',
  'api-misconfigured': 'retry',
  'authorizer-misconfigured': 'retry',
  'bad-gateway': 'retry',
  'gateway-timeout': 'retry',
  'idempotency-key-invalid': 'fix',
  'idempotency-key-missing': 'fix',
  'idempotency-key-reused': 'fix',
  'identity-provider-unavailable': 'retry',
  'illegal-transition': 'look again',
  'insufficient-scope': 'stop',
  'internal-error': 'retry',
  'invalid-input': 'fix',
  'malformed-request': 'fix',
  'not-found': 'stop',
  'request-refused': 'fix',
  'request-too-large': 'fix',
  'route-not-found': 'fix',
  'separation-of-duties': 'ask somebody else',
  'temporarily-unavailable': 'retry',
  'too-many-requests': 'retry',
  unauthenticated: 'sign in',
  'unknown-api-version': 'fix',
  'unsupported-media-type': 'fix',
  'version-mismatch': 'look again',
  'version-required': 'fix',
} as const satisfies Record<ProblemOf<'payouts.approve'>['code'], string>;
// @ts-expect-error
({ ...told, 'separation-of-duties': undefined }) satisfies Record<
  ProblemOf<'payouts.approve'>['code'],
  string
>;
// @ts-expect-error
'separation-of-duties' satisfies ProblemOf<'payouts.submit'>['code'];

// A conflict has what stands now, and nothing else has.
if (!approved.ok && approved.problem.code === 'version-mismatch') approved.problem.current.version.toFixed();
// @ts-expect-error
if (!approved.ok && approved.problem.code === 'separation-of-duties') approved.problem.current;

// What is right compiles: without it, everything above could be refused for a reason of its own.
const input = {
  amount: { currency: 'EUR', value: '1.00' },
  beneficiary: { name: 'x', iban: 'x' },
  reference: 'x',
};
const created = await client.payouts.create(input, { idempotencyKey: 'x', deadlineMs: 1 });
if (created.ok) await client.payouts.submit(created.data.id, { ifMatch: created.etag });
const disbursed = await client.payouts.disburse('po_1', { ifMatch });
const ended = disbursed.ok ? await disbursed.operation.done() : disbursed;
if (ended.ok) ended.data.state satisfies 'succeeded' | 'failed' | 'cancelled';
await client.operations.resolve('op_1', { outcome: 'succeeded', evidence: 'x' });
await client.payouts.history('po_1', { after: '1' });
await client.payouts.list();
