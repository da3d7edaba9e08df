import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { isOver, startWorkflow, type Workflow } from '../support/operations.ts';

let workflow: Workflow;
beforeAll(async () => {
  workflow = await startWorkflow({
    functions: { POWERTOOLS_LOG_LEVEL: 'SILENT' },
    async edit(copy) {
      await copy.edit(
        'lib/holdfast/runtime/entries/operations/dispatcher-entry.ts',
        'await startExecution(subject.definition, image.pk, machine.epoch);',
        'process.exit(1); else if (started) await startExecution(subject.definition, image.pk, machine.epoch);',
      );
      await copy.edit(
        'lib/holdfast/core/operations/accept-operation.ts',
        'START_SECONDS = 60',
        'START_SECONDS = 1',
      );
    },
  });
});
afterAll(() => workflow?.close());

describe('where the dispatcher dies before it starts an execution, each time', () => {
  test('the sweep starts it, and the bank is paid once', async () => {
    const payouts = await Promise.all([1, 2, 3].map(() => workflow.approved()));

    const accepted = await Promise.all(payouts.map((payout) => workflow.disburse(payout)));
    await workflow.service.line(/were set aside/);
    const ended = await Promise.all(accepted.map((operation) => workflow.until(operation, isOver)));
    const transfers = await Promise.all(payouts.map((payout) => workflow.ledger('bank', payout)));

    expect(ended.map(({ json }) => json.state)).toEqual(['succeeded', 'succeeded', 'succeeded']);
    expect(transfers).toMatchObject([
      [{ asked: 1, done: 1 }],
      [{ asked: 1, done: 1 }],
      [{ asked: 1, done: 1 }],
    ]);
  });
});
