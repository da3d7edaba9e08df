import { operationHandle, type ReadOperation } from './operation-handle.ts';
import type { OperationHandle, Operations, Result } from './result.ts';
import { type CallOptions, type ClientOptions, type Send, transport } from './transport.ts';

export type { Operation, OperationHandle, ProblemOf, Result } from './result.ts';
export { NoAnswerError } from './retry.ts';
export type { CallOptions, ClientOptions } from './transport.ts';

type Parameters<O, Id extends keyof O> = O[Id] extends { parameters: infer Found } ? Found : never;

/** A body without members of its own is a record of nothing, which no other member could join. */
type Body<O, Id extends keyof O> = O[Id] extends {
  requestBody: { content: { 'application/json': infer Members } };
}
  ? string extends keyof Members
    ? unknown
    : Members
  : unknown;

type Query<O, Id extends keyof O> =
  Parameters<O, Id> extends { query?: infer Members }
    ? [Members] extends [undefined]
      ? unknown
      : NonNullable<Members>
    : unknown;

type IfMatch<O, Id extends keyof O> =
  Parameters<O, Id> extends { header: { 'If-Match': string } }
    ? { /** The `etag` of what the person saw. */ readonly ifMatch: string }
    : unknown;

type Input<O, Id extends keyof O> = Body<O, Id> & Query<O, Id> & IfMatch<O, Id>;

type IdArgument<O, Id extends keyof O> = Parameters<O, Id> extends { path: object } ? [id: string] : [];

type InputArgument<O, Id extends keyof O, Takes> = Takes extends 'body' | 'query'
  ? object extends Input<O, Id>
    ? [input?: Input<O, Id>]
    : [input: Input<O, Id>]
  : [];

type Method<O extends Operations, R> = R extends {
  readonly id: infer Id extends keyof O;
  readonly takes: infer Takes;
}
  ? (
      ...args: [...IdArgument<O, Id>, ...InputArgument<O, Id, Takes>, options?: CallOptions]
    ) => Promise<Result<O, Id>>
  : never;

/** Every operation of the document that takes a token, by resource and name. */
export type Client<O extends Operations, R extends Routes> = {
  readonly [Resource in keyof R]: { readonly [Name in keyof R[Resource]]: Method<O, R[Resource][Name]> };
} & {
  /** A handle on an operation that was accepted earlier, perhaps by another process. */
  operation(id: string): OperationHandle<O>;
};

/** Where each operation of a document is, and where its input goes, by resource and name. */
type Routes = Readonly<Record<string, Readonly<Record<string, Route>>>>;

/** What `npm run record` has written of a service's contract. */
interface RecordedContract<R extends Routes> {
  /** The version of the contract that the client speaks. */
  readonly version: string;
  readonly routes: R & { readonly operations: { readonly get: Route } };
}

/** What a route's entry is, whichever it is. */
interface Route {
  readonly id: string;
  readonly method: 'get' | 'post';
  readonly path: string;
  readonly takes: 'body' | 'query' | undefined;
}

/**
 * A client of a service, which `lib/recorded/client.ts` hands its contract. A call resolves with what the service says, problems included; it rejects when there is no answer
 * (`NoAnswerError`), or with the reason of its signal.
 */
export function createClient<O extends Operations, R extends Routes>(
  { version, routes }: RecordedContract<R>,
  options: ClientOptions,
): Client<O, R> {
  const send = transport(version, options);
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
  // The document promises these types; answers are not parsed against it a second time.
  return { ...Object.fromEntries(resources), operation };
}

async function call(
  send: Send,
  handle: (id: string) => object,
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
