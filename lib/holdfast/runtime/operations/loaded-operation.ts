import type { Operation } from '../../core/definitions/define-operation.ts';
import type { StoredResource } from '../../core/definitions/representation.ts';
import type { Progress } from '../../core/operations/operation-progress.ts';
import type { OperationInternals } from '../../core/operations/operations.ts';

/** An operation as it stands. */
export interface LoadedOperation {
  readonly pk: string;
  readonly stored: StoredResource;
  readonly operation: Operation;
  readonly subject: OperationInternals['subject'];
  readonly progress: Progress;
  readonly wake: string | undefined;
}
