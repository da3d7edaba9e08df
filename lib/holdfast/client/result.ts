/** What a contract describes, by `payouts.approve`: the operations of its document, as `npm run record` writes them. */
export interface Operations {
  readonly 'operations.get': object;
}

type Responses<O, Id extends keyof O> = O[Id] extends { responses: infer Found } ? Found : never;

type Success<O, Id extends keyof O> = Responses<O, Id>[keyof Responses<O, Id> & (200 | 201 | 202)];

/** What an operation of the document answers. */
type DataOf<O, Id extends keyof O> =
  Success<O, Id> extends { content: { 'application/json': infer Data } } ? Data : never;

type ETagOf<O, Id extends keyof O> =
  Success<O, Id> extends { headers: { ETag: string } } ? string : undefined;

type ProblemIn<Response> = Response extends { content: { 'application/problem+json': infer Problem } }
  ? Problem
  : never;

/** Every problem that an operation of the document may answer, told apart by `code`. */
export type ProblemOf<O, Id extends keyof O> = {
  [Status in keyof Responses<O, Id>]: ProblemIn<Responses<O, Id>[Status]>;
}[keyof Responses<O, Id>];

/** An action was done, or accepted; or what was asked for. */
export interface Answered<O extends Operations, Id extends keyof O, Data = DataOf<O, Id>> {
  readonly ok: true;
  readonly data: Data;
  /** Send it as `ifMatch` with the next action on the resource. */
  readonly etag: ETagOf<O, Id>;
  /** Whether this is the answer to an earlier request under the same key. */
  readonly replayed: boolean;
  readonly idempotencyKey: string | undefined;
  /** What was accepted is not done: it tells when it is. */
  readonly operation: 202 extends keyof Responses<O, Id> ? OperationHandle<O> : undefined;
}

/** It was not done; or, where `recovery` is `retry`, may have been: the same under the same key is safe to send again. */
export interface Refused<O, Id extends keyof O> {
  readonly ok: false;
  readonly problem: ProblemOf<O, Id>;
  /** Of what stands now, with a problem that has `current`. */
  readonly etag: string | undefined;
  readonly idempotencyKey: string | undefined;
}

/** What a call comes to. A `switch` over `problem.code` is checked by the compiler to leave none out. */
export type Result<O extends Operations, Id extends keyof O> = Answered<O, Id> | Refused<O, Id>;

/** An operation, as it is read. */
export type Operation<O extends Operations> = DataOf<O, 'operations.get'>;

/** An operation that has ended. */
export type EndedOperation<O extends Operations> = Operation<O> & {
  readonly state: 'succeeded' | 'failed' | 'cancelled';
};

/** How an operation is waited for. */
export interface DoneOptions<O extends Operations> {
  /** Ends the waiting, and not the operation: `client.operations.cancel` asks for that. */
  readonly signal?: AbortSignal;
  /** Called with the operation as it is first read, and whenever it has changed. */
  readonly onProgress?: (operation: Operation<O>) => void;
}

/** An operation that was accepted, to be waited for. */
export interface OperationHandle<O extends Operations> {
  readonly id: string;
  /**
   * Resolves when the operation has ended, however long that takes, or cannot be read. One that needs attention has not ended:
   * `onProgress` tells of it.
   * @throws the signal's reason, when it is aborted
   */
  done(
    options?: DoneOptions<O>,
  ): Promise<Answered<O, 'operations.get', EndedOperation<O>> | Refused<O, 'operations.get'>>;
}
