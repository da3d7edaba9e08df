import type { Operation } from '../core/define-operation.ts';
import type { Progress } from '../core/operation-progress.ts';
import type { OperationInternals } from '../core/operations.ts';
import type { StoredResource } from '../core/representation.ts';

/** An operation as it stands. */
export interface LoadedOperation {
  readonly pk: string;
  readonly stored: StoredResource;
  readonly operation: Operation;
  readonly subject: OperationInternals['subject'];
  readonly progress: Progress;
  readonly wake: string | undefined;
}
