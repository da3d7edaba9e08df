import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { seeded } from '../../../lib/holdfast/testing/crash/seeded.ts';
import type { Answer } from '../support/client.ts';
import { startWorkflow, type Workflow } from '../support/operations.ts';
import { bankFaults, screeningFaults } from '../support/partner-faults.ts';

/** How many are disbursed: `DISBURSEMENTS=1000 npx jest test/operations/many` for the long run. */
const COUNT = Number(process.env.DISBURSEMENTS ?? 30);

/** The same seed, the same faults: `SEED=… npx jest test/operations/many`. */
const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000);

let workflow: Workflow;
beforeAll(async () => {
  workflow = await startWorkflow({ concurrency: 6 });
});
afterAll(() => workflow?.close());

const OVER = ['succeeded', 'failed', 'cancelled', 'needs-attention'];

describe(`${COUNT} disbursements under faults of every kind, seed ${SEED}`, () => {
  // biome-ignore lint/complexity/noExcessiveCognitiveComplexity: one history, told from its beginning to its end
  test('all come to an end, and what is said of each is what the bank did', async () => {
    const random = seeded(SEED);
    const start = performance.now();
    const accepted: { payout: Answer; operation: Answer }[] = [];
    for (let i = 0; i < COUNT; i += 10) {
      await workflow.faults('bank', bankFaults(random));
      await workflow.faults('screening', screeningFaults(random));
      const batch = await Promise.all(
        Array.from({ length: Math.min(10, COUNT - i) }, () => workflow.approved()),
      );
      for (const payout of batch) {
        const operation = await workflow.disburse(payout);
        accepted.push({ payout, operation });
        if (random() < 0.1) {
          await workflow.alice.post(`/operations/${operation.json.id}/cancel`, {
            key: `c-${operation.json.id}`,
          });
        }
      }
    }
    await workflow.faults('bank');
    await workflow.faults('screening');
    const ended: Answer[] = [];
    for (const { operation } of accepted)
      ended.push(await workflow.until(operation, ({ json }) => OVER.includes(String(json.state))));

    const told = new Map<string, number>();
    const lies: string[] = [];
    for (const [i, { payout }] of accepted.entries()) {
      const { state } = ended[i]?.json ?? {};
      const { state: payoutState } = (await workflow.alice.get(`/payouts/${payout.json.id}`)).json;
      const paid = (await workflow.ledger('bank', payout)).filter(
        ({ done, state: booked }) => done > 0 && booked === 'BOOKED',
      ).length;
      told.set(`${state}/${payoutState}`, (told.get(`${state}/${payoutState}`) ?? 0) + 1);
      const expected: Record<string, [string, number]> = {
        succeeded: ['paid', 1],
        failed: ['returned', 0],
        cancelled: ['approved', 0],
      };
      const [rightState, rightPaid] = expected[String(state)] ?? ['disbursing', paid];
      if (payoutState !== rightState || paid !== rightPaid || paid > 1)
        lies.push(`${payout.json.id}: ${state}, ${payoutState}, paid ${paid}`);
    }
    console.info(
      `seed ${SEED}: ${[...told].map(([what, count]) => `${count} ${what}`).join(', ')} in ${Math.round((performance.now() - start) / 1000)} s`,
    );

    expect(lies).toEqual([]);
    expect([...told.values()].reduce((sum, count) => sum + count, 0)).toBe(COUNT);
  }, 1_800_000);
});
