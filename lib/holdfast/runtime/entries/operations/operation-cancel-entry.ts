import { cancel } from '../../../core/operations/operation-actions.ts';
import { writeContract } from '../../actions/write-contract.ts';

/** `POST /operations/{operationId}/cancel` */
export const handler = writeContract(cancel, []);
