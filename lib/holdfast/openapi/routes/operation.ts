import { wildcardOf } from '../../core/definitions/scopes.ts';
import type { Problem } from '../../core/problems/problem.ts';
import type { Kind } from '../problems/possible-problems.ts';
import type { Refusals } from '../problems/refusals.ts';
import type { Node } from '../schemas/node.ts';

/** One route, before the document's own form is made of it. */
export interface RouteSpec {
  readonly method: 'get' | 'post';
  readonly path: string;
  /** Of resource and action: `payouts.approve`. */
  readonly operationId: string;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  readonly kind: Kind;
  /** A token with this scope is needed, or with `{resource}:*`. @default the route is open */
  readonly scope?: string;
  readonly parameters?: readonly Node[];
  /** Schema of the body. @default it has none */
  readonly body?: Node;
  /** Answers that are no problem, by status. */
  readonly responses: Readonly<Record<string, Node>>;
  /** Problems besides those of its kind. @default none */
  readonly problems?: readonly Problem[];
  /** Resources that are read or changed together with that of the path. @default none */
  readonly touches?: readonly string[];
  /** Lists by members, by their names. @default none */
  readonly lists?: object;
}

/** A route as the document describes it. What it shares with its kind is referred to. */
export function operationObject(route: RouteSpec, shared: Refusals): Node {
  const {
    operationId,
    tag,
    summary,
    description,
    kind,
    parameters = [],
    body,
    responses,
    problems = [],
    touches,
    lists,
  } = route;
  return {
    operationId,
    tags: [tag],
    summary,
    ...(description !== undefined && { description }),
    ...(touches && { 'x-holdfast-touches': touches }),
    ...(lists && { 'x-holdfast-lists': lists }),
    security: security(route.scope),
    ...(parameters.length > 0 && { parameters }),
    ...(body !== undefined && {
      requestBody: { required: true, content: { 'application/json': { schema: body } } },
    }),
    responses: { ...responses, ...shared.of(kind, problems) },
  };
}

/** Either scope is enough. */
const security = (scope: string | undefined): readonly Node[] =>
  scope === undefined ? [] : [{ bearer: [scope] }, { bearer: [wildcardOf(scope)] }];
