import type { components, operations } from '../../recorded/client/contract.ts';

/** Every operation of the document: `payouts.approve`. */
export type OperationId = keyof operations;

type Responses<Id extends OperationId> = operations[Id]['responses'];

type Success<Id extends OperationId> = Responses<Id>[keyof Responses<Id> & (200 | 201 | 202)];

/** What an operation of the document answers. */
type DataOf<Id extends OperationId> =
  Success<Id> extends { content: { 'application/json': infer Data } } ? Data : never;

type ETagOf<Id extends OperationId> = Success<Id> extends { headers: { ETag: string } } ? string : undefined;

type ProblemIn<Response> = Response extends { content: { 'application/problem+json': infer Problem } }
  ? Problem
  : never;

/** Every problem that an operation of the document may answer, told apart by `code`. */
export type ProblemOf<Id extends OperationId> = {
  [Status in keyof Responses<Id>]: ProblemIn<Responses<Id>[Status]>;
}[keyof Responses<Id>];

/** An action was done, or accepted; or what was asked for. */
export interface Answered<Id extends OperationId, Data = DataOf<Id>> {
  readonly ok: true;
  readonly data: Data;
  /** Send it as `ifMatch` with the next action on the resource. */
  readonly etag: ETagOf<Id>;
  /** Whether this is the answer to an earlier request under the same key. */
  readonly replayed: boolean;
  readonly idempotencyKey: string | undefined;
  /** What was accepted is not done: it tells when it is. */
  readonly operation: 202 extends keyof Responses<Id> ? OperationHandle : undefined;
}

/** It was not done; or, where `recovery` is `retry`, may have been: the same under the same key is safe to send again. */
export interface Refused<Id extends OperationId> {
  readonly ok: false;
  readonly problem: ProblemOf<Id>;
  /** Of what stands now, with a problem that has `current`. */
  readonly etag: string | undefined;
  readonly idempotencyKey: string | undefined;
}

/** What a call comes to. A `switch` over `problem.code` is checked by the compiler to leave none out. */
export type Result<Id extends OperationId> = Answered<Id> | Refused<Id>;

/** An operation, as it is read. */
export type Operation = components['schemas']['Operation'];

/** An operation that has ended. */
export type EndedOperation = Operation & { readonly state: 'succeeded' | 'failed' | 'cancelled' };

/** How an operation is waited for. */
export interface DoneOptions {
  /** Ends the waiting, and not the operation: `client.operations.cancel` asks for that. */
  readonly signal?: AbortSignal;
  /** Called with the operation as it is first read, and whenever it has changed. */
  readonly onProgress?: (operation: Operation) => void;
}

/** An operation that was accepted, to be waited for. */
export interface OperationHandle {
  readonly id: string;
  /**
   * Resolves when the operation has ended, however long that takes, or cannot be read. One that needs attention has not ended:
   * `onProgress` tells of it.
   * @throws the signal's reason, when it is aborted
   */
  done(
    options?: DoneOptions,
  ): Promise<Answered<'operations.get', EndedOperation> | Refused<'operations.get'>>;
}
