import { SFNClient, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { madeUpCallbackSecret } from '../../../lib/holdfast/local/partners/made-up-secrets.ts';
import { type Answer, freshKey, send } from '../support/client.ts';
import { isOver, startWorkflow, type Workflow } from '../support/operations.ts';

let workflow: Workflow;
beforeAll(async () => {
  workflow = await startWorkflow();
});
afterAll(() => workflow?.close());

/** Ends the execution of an operation from outside, as an operator or a broken deployment does. */
async function abort(operation: Answer): Promise<void> {
  const [, endpoint = ''] = await workflow.service.line(/^state machines: (\S+)/);
  const client = new SFNClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
  });
  const machine = 'arn:aws:states:us-east-1:000000000000:execution:holdfast-local-disburse-payout';
  await client.send(new StopExecutionCommand({ executionArn: `${machine}:${operation.json.id}-1` }));
  client.destroy();
}

async function lost(): Promise<{ payout: Answer; accepted: Answer; attention: Answer }> {
  await workflow.faults('screening', { neverCallback: 1, callbackMs: 0 });
  const payout = await workflow.approved();
  const accepted = await workflow.disburse(payout);
  await workflow.until(accepted, ({ json }) => json.state === 'running');
  await abort(accepted);
  const attention = await workflow.until(accepted, ({ json }) => json.state === 'needs-attention');
  await workflow.faults('screening');
  return { payout, accepted, attention };
}

const resolve = (operation: Answer, outcome: string) =>
  workflow.alice.post(`/operations/${operation.json.id}/resolve`, {
    key: freshKey(),
    body: { outcome, evidence: 'asked the partner by telephone' },
  });

describe('an operation whose execution has ended before it', () => {
  test.each([
    ['succeeded', 'succeeded', 'paid', 1],
    ['failed', 'failed', 'returned', 0],
    ['retry', 'succeeded', 'paid', 1],
  ])(
    'needs attention by the next sweep, and resolved as %s ends as %s',
    async (outcome, state, payoutState, transfers) => {
      const { payout, accepted, attention } = await lost();

      const resolved = await resolve(accepted, outcome);
      const ended = await workflow.until(accepted, ({ json }) =>
        ['succeeded', 'failed'].includes(String(json.state)),
      );

      expect(attention.json).toMatchObject({
        state: 'needs-attention',
        problem: { detail: 'its execution ended before the operation did' },
      });
      expect(resolved.status).toBe(202);
      expect(ended.json.state).toBe(state);
      expect((await workflow.alice.get(`/payouts/${payout.json.id}`)).json.state).toBe(payoutState);
      expect(await workflow.ledger('bank', payout)).toHaveLength(transfers);
    },
  );

  test('is resolved by those who may, while it needs it, and with evidence', async () => {
    const { accepted } = await lost();
    const { signIn } = await import('../support/service.ts');
    const reader = await signIn(workflow.service.url, { scopes: 'operations:read operations:cancel' });
    const path = `/operations/${accepted.json.id}/resolve`;

    const scope = await reader.post(path, { key: freshKey(), body: { outcome: 'failed', evidence: 'x' } });
    const evidence = await workflow.alice.post(path, { key: freshKey(), body: { outcome: 'failed' } });
    await resolve(accepted, 'failed');
    await workflow.until(accepted, ({ json }) => json.state === 'failed');
    const late = await resolve(accepted, 'succeeded');

    expect(scope.json.code).toBe('insufficient-scope');
    expect(evidence.json).toMatchObject({ code: 'invalid-input', errors: [{ pointer: '/evidence' }] });
    expect(late.json).toMatchObject({ status: 409, code: 'illegal-transition' });
  });

  test('goes on by a callback that comes after all', async () => {
    const { payout, accepted } = await lost();
    const [screened] = await workflow.ledger('screening', payout);

    const told = await callBack({ caseReference: screened?.reference, verdict: 'clear' });
    const ended = await workflow.until(accepted, ({ json }) => json.state === 'succeeded');

    expect(told.status).toBe(200);
    expect(ended.json.progress).toEqual({ completed: 2, total: 2 });
  });
});

const SECRET = madeUpCallbackSecret('screening');

function callBack(
  body: object,
  { secret = SECRET, at = new Date(), sent = JSON.stringify(body), partner = 'screening' } = {},
): Promise<Answer> {
  const signature = new Webhook(secret).sign('msg_1', at, JSON.stringify(body));
  return send(`${workflow.service.url}/partners/${partner}/callbacks`, {
    body: sent,
    headers: {
      'webhook-id': 'msg_1',
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': signature,
    },
  });
}

describe('a callback', () => {
  const body = { caseReference: 'po_00000000000000000000000000-a1', verdict: 'clear' };

  test.each([
    [
      'with a wrong signature',
      () => callBack(body, { secret: 'whsec_bm9ib2R5a25vd3N0aGlzc2VjcmV0aGVyZQ==' }),
      401,
    ],
    ['of ten minutes ago', () => callBack(body, { at: new Date(Date.now() - 600_000) }), 401],
    ['of in ten minutes', () => callBack(body, { at: new Date(Date.now() + 600_000) }), 401],
    [
      'whose body was altered',
      () => callBack(body, { sent: JSON.stringify({ ...body, verdict: 'hit' }) }),
      401,
    ],
    ['of an unknown command', () => callBack(body), 404],
    ['of an unknown partner', () => callBack(body, { partner: 'nobody' }), 404],
    ['of a partner that does not call back', () => callBack(body, { partner: 'bank' }), 404],
    ['that is none', () => callBack({ hello: 1 }), 400],
    ['of a megabyte', () => callBack({ ...body, more: 'x'.repeat(1_000_000) }), 413],
    [
      'without a signature',
      () => send(`${workflow.service.url}/partners/screening/callbacks`, { body }),
      401,
    ],
  ])('%s is refused', async (_, make, status) => {
    const refused = await make();

    expect(refused.status).toBe(status);
    expect(refused.headers.get('Content-Type')).toBe('application/problem+json');
  });

  test('for an operation that has ended changes nothing, and is answered with success', async () => {
    const payout = await workflow.approved();
    const ended = await workflow.until(await workflow.disburse(payout), isOver);
    const [screened] = await workflow.ledger('screening', payout);

    const late = await callBack({ caseReference: screened?.reference, verdict: 'hit' });
    const after = await workflow.alice.get(`/operations/${ended.json.id}`);

    expect(late.status).toBe(200);
    expect(after.text).toBe(ended.text);
  });
});
