import type { operations } from '../../recorded/client/contract.ts';
import { routes } from '../../recorded/client/routes.ts';
import { operationHandle, type ReadOperation } from './operation-handle.ts';
import type { OperationHandle, OperationId, Result } from './result.ts';
import { type CallOptions, type ClientOptions, type Send, transport } from './transport.ts';

export type {
  Answered,
  DoneOptions,
  EndedOperation,
  Operation,
  OperationHandle,
  OperationId,
  ProblemOf,
  Refused,
  Result,
} from './result.ts';
export { NoAnswerError } from './retry.ts';
export type { CallOptions, ClientOptions } from './transport.ts';

type Routes = typeof routes;

type Parameters<Id extends OperationId> = operations[Id]['parameters'];

/** A body without members of its own is a record of nothing, which no other member could join. */
type Body<Id extends OperationId> = operations[Id] extends {
  requestBody: { content: { 'application/json': infer Members } };
}
  ? string extends keyof Members
    ? unknown
    : Members
  : unknown;

type Query<Id extends OperationId> =
  Parameters<Id> extends { query?: infer Members }
    ? [Members] extends [undefined]
      ? unknown
      : NonNullable<Members>
    : unknown;

type IfMatch<Id extends OperationId> =
  Parameters<Id> extends { header: { 'If-Match': string } }
    ? { /** The `etag` of what the person saw. */ readonly ifMatch: string }
    : unknown;

type Input<Id extends OperationId> = Body<Id> & Query<Id> & IfMatch<Id>;

type IdArgument<Id extends OperationId> = Parameters<Id> extends { path: object } ? [id: string] : [];

type InputArgument<Id extends OperationId, Takes> = Takes extends 'body' | 'query'
  ? object extends Input<Id>
    ? [input?: Input<Id>]
    : [input: Input<Id>]
  : [];

type Method<Route> = Route extends { readonly id: infer Id extends OperationId; readonly takes: infer Takes }
  ? (...args: [...IdArgument<Id>, ...InputArgument<Id, Takes>, options?: CallOptions]) => Promise<Result<Id>>
  : never;

/** Every operation of the document that takes a token, by resource and name. */
export type Client = {
  readonly [Resource in keyof Routes]: {
    readonly [Name in keyof Routes[Resource]]: Method<Routes[Resource][Name]>;
  };
} & {
  /** A handle on an operation that was accepted earlier, perhaps by another process. */
  operation(id: string): OperationHandle;
};

/** What a route's entry is, whichever it is. */
interface Route {
  readonly method: 'get' | 'post';
  readonly path: string;
  readonly takes: 'body' | 'query' | undefined;
}

/**
 * A client of the service. A call resolves with what the service says, problems included; it rejects when there is no answer
 * (`NoAnswerError`), or with the reason of its signal.
 */
export function createClient(options: ClientOptions): Client {
  const send = transport(options);
  const read: ReadOperation = (operationId, headers, signal) =>
    send(
      { ...routes.operations.get, parameters: { operationId }, headers },
      { deadlineMs: Number.POSITIVE_INFINITY, ...(signal && { signal }) },
    );
  const operation = (id: string) => operationHandle(id, read);
  const method =
    (route: Route) =>
    (...args: readonly unknown[]) =>
      call(send, operation, route, args);
  const resources = Object.entries(routes).map(([resource, all]) => [
    resource,
    Object.fromEntries(Object.entries(all).map(([name, route]) => [name, method(route)])),
  ]);
  return { ...Object.fromEntries(resources), operation };
}

async function call(
  send: Send,
  handle: (id: string) => OperationHandle,
  { method, path, takes }: Route,
  args: readonly unknown[],
) {
  const left = [...args];
  const parameters = Object.fromEntries(
    [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => [name, left.shift()]),
  );
  const { ifMatch, ...input } = ((takes && left.shift()) ?? {}) as { readonly ifMatch?: string };
  const options = (left.shift() ?? {}) as CallOptions;
  const headers = {
    ...(method === 'post' && { 'Idempotency-Key': options.idempotencyKey ?? crypto.randomUUID() }),
    ...(ifMatch !== undefined && { 'If-Match': ifMatch }),
  };
  const sending = { method, path, parameters, headers, ...(takes && { [takes]: input }) };
  const { result, response } = await send(sending, options);
  // The document says that whatever is accepted answers its operation.
  const { id } = (result.ok ? result.data : {}) as { readonly id?: string };
  return response.status === 202 && id !== undefined ? { ...result, operation: handle(id) } : result;
}
