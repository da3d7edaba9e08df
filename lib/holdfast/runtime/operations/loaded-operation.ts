import type { Operation } from '../../core/definitions/define-operation.ts';
import type { StoredResource } from '../../core/definitions/representation.ts';
import type { Progress } from '../../core/operations/operation-progress.ts';
import type { OperationInternals } from '../../core/operations/operations.ts';
import { partitionKey, tenantOf } from '../../core/store/keys.ts';
import { loadItem } from '../records/records.ts';

/** An operation as it stands. */
export interface LoadedOperation {
  readonly pk: string;
  readonly stored: StoredResource;
  readonly operation: Operation;
  readonly subject: OperationInternals['subject'];
  readonly progress: Progress;
  readonly wake: string | undefined;
}

/** Partition key of the resource that an operation is about. */
export const subjectKey = ({ pk, operation, subject }: LoadedOperation): string =>
  partitionKey(operation.resource, tenantOf(pk), subject.resource.id);

/** The resource that an operation is about, as it stands; undefined where it is gone. */
export const loadSubject = (loaded: LoadedOperation) =>
  loadItem(loaded.operation.resource, subjectKey(loaded));
