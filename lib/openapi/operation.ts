import { isDeepStrictEqual } from 'node:util';
import type { Problem } from '../../functions/core/problem.ts';
import { type Node, pascal, ref } from './node.ts';
import { type Kind, problemsOfKind } from './possible-problems.ts';
import { problemResponses } from './problem-responses.ts';

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
}

const KINDS: readonly Kind[] = ['gateway', 'open', 'read', 'list', 'write'];

/** What each kind answers, by status. */
const byKind = new Map(KINDS.map((kind) => [kind, problemResponses(problemsOfKind(kind))]));

/** Name of the response that a kind shares: that of the first kind which answers the same. */
function responseName(kind: Kind, status: string): string {
  const same = KINDS.find((other) =>
    isDeepStrictEqual(byKind.get(other)?.[status], byKind.get(kind)?.[status]),
  );
  return `${pascal(same ?? kind)}${status}`;
}

/** The responses that the routes of a kind share, by the name of their component. */
export const sharedResponses: Readonly<Record<string, Node>> = Object.fromEntries(
  [...byKind].flatMap(([kind, responses]) =>
    Object.entries(responses).map(([status, response]) => [responseName(kind, status), response]),
  ),
);

/** A route as the document describes it. What it shares with its kind is referred to. */
export function operationObject(route: RouteSpec): Node {
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
  } = route;
  const shared = problemsOfKind(kind);
  const own = new Set(problems.map(({ row }) => String(row.status)));
  const codes = new Set(problems.map(({ code }) => code));
  const all = problemResponses([...problems, ...shared.filter(({ code }) => !codes.has(code))]);
  const refusals = Object.entries(all).map(([status, response]) => [
    status,
    own.has(status) ? response : ref('responses', responseName(kind, status)),
  ]);
  return {
    operationId,
    tags: [tag],
    summary,
    ...(description !== undefined && { description }),
    security: security(route.scope),
    ...(parameters.length > 0 && { parameters }),
    ...(body !== undefined && {
      requestBody: { required: true, content: { 'application/json': { schema: body } } },
    }),
    responses: { ...responses, ...Object.fromEntries(refusals) },
  };
}

/** Either scope is enough. */
const security = (scope: string | undefined): readonly Node[] =>
  scope === undefined ? [] : [{ bearer: [scope] }, { bearer: [scope.replace(/:.*$/, ':*')] }];
