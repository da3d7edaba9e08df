import { resolve } from '../../../core/operations/operation-actions.ts';
import { actionFunction } from '../../actions/action-function.ts';

/** `POST /operations/{operationId}/resolve` */
export const handler = actionFunction(resolve, []);
