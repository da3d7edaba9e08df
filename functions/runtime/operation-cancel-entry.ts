import { cancel } from '../core/operation-actions.ts';
import { actionFunction } from './action-function.ts';

/** `POST /operations/{operationId}/cancel` */
export const handler = actionFunction(cancel, []);
