import { cancel } from '../../../core/operations/operation-actions.ts';
import { actionFunction } from '../../actions/action-function.ts';

/** `POST /operations/{operationId}/cancel` */
export const handler = actionFunction(cancel, []);
