import action, { transitions } from '@action';
import { DEPLOYED, writeContract } from '../../actions/write-contract.ts';
import { loadTogether } from '../../records/records.ts';

/** The one action that the bundle holds, which decides on more than its resource. */
export const handler = writeContract(action, transitions, {
  ...DEPLOYED,
  store: { ...DEPLOYED.store, loadTogether },
});
