import registered from '@operations';
import { resolveOf } from '../../../core/operations/operation-actions.ts';
import { writeContract } from '../../actions/write-contract.ts';

/** `POST /operations/{operationId}/resolve` of a service in which a capability extends an operation. */
export const handler = writeContract(resolveOf(registered), []);
