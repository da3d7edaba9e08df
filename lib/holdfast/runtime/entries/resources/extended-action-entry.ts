import action, { transitions } from '@action';
import { CONTENDED, contended } from '../../../core/writes/contended.ts';
import { planExtended } from '../../../core/writes/extended-plan.ts';
import { DUPLICATES, sparing } from '../../../core/writes/sparing.ts';
import { DEPLOYED, writeContract } from '../../actions/write-contract.ts';
import { count } from '../../aws/metric.ts';
import { loadTogether } from '../../records/records.ts';

/** The one action that the bundle holds, in which capabilities take part. */
export const handler = writeContract(action, transitions, {
  ...DEPLOYED,
  store: contended(
    {
      ...DEPLOYED.store,
      loadTogether,
      write: sparing(DEPLOYED.store.write, (rule) => count(DUPLICATES, { by: { rule } })),
    },
    (type) => count(CONTENDED, { by: { type } }),
  ),
  plan: planExtended,
});
