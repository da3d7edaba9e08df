import action, { transitions } from '@action';
import { actionFunction } from '../../actions/action-function.ts';

/** The one action that the bundle holds. */
export const handler = actionFunction(action, transitions);
