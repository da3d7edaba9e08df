import { resolve } from '../../../core/operations/operation-actions.ts';
import { writeContract } from '../../actions/write-contract.ts';

/** `POST /operations/{operationId}/resolve` */
export const handler = writeContract(resolve, []);
