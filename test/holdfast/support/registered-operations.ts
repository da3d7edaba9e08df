import disbursePayout from '../../../functions/operations/disburse-payout.ts';
import type { Partner } from '../../../lib/holdfast/core/partners/define-partner.ts';

/** Partners of a test have no time: what is not known is asked for, and what is not there is not there, at once. */
const hurried = (partner: Partner): Partner => ({
  ...partner,
  ratePerSecond: 100_000,
  timeoutMs: 1_000,
  settleSeconds: 0,
  retry: { ...partner.retry, baseMs: 0, capMs: 0 },
});

/** What `@operations` is where functions run in a test's own process: every operation there is, with hurried partners. */
export default [
  {
    ...disbursePayout,
    steps: disbursePayout.steps.map((step) => ({ ...step, partner: hurried(step.partner) })),
  },
];
