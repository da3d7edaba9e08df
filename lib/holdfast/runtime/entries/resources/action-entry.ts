import action, { transitions } from '@action';
import { writeContract } from '../../actions/write-contract.ts';

/** The one action that the bundle holds. */
export const handler = writeContract(action, transitions);
