import { resolve } from '../core/operation-actions.ts';
import { actionFunction } from './action-function.ts';

/** `POST /operations/{operationId}/resolve` */
export const handler = actionFunction(resolve, []);
