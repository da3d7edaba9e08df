import type { Action } from '../../core/definitions/define-action.ts';
import type { Resource } from '../../core/definitions/define-resource.ts';
import type { StoredResource, Transition } from '../../core/definitions/representation.ts';
import { constraintsOf, takingPart } from '../../core/definitions/resource-extension.ts';
import { problemsBeside } from '../../core/operations/problem-rows.ts';
import { type Occurrence, Problem } from '../../core/problems/problem.ts';
import type { ProblemCode, ProblemRow } from '../../core/problems/problems.ts';
import { readListQuery } from '../../core/requests/list-query.ts';
import { checkState, checkVersion, ruleProblem, versionMismatch } from '../../core/requests/preconditions.ts';
import { validateInput } from '../../core/requests/validate-input.ts';
import { parseStrictJson } from '../../core/values/strict-json.ts';
import { ApiVersions } from '../../core/versions/api-version.ts';

/** How a route is served, from which most of what it may answer follows. */
export type Kind = 'gateway' | 'open' | 'read' | 'list' | 'write';

const GATEWAY: readonly ProblemCode[] = [
  'access-denied',
  'api-misconfigured',
  'request-refused',
  'request-too-large',
  'route-not-found',
  'too-many-requests',
];

const OPEN: readonly ProblemCode[] = [
  ...GATEWAY,
  'bad-gateway',
  'gateway-timeout',
  'internal-error',
  'malformed-request',
  'temporarily-unavailable',
];

const READ: readonly ProblemCode[] = [
  ...OPEN,
  'authorizer-misconfigured',
  'identity-provider-unavailable',
  'insufficient-scope',
  'unauthenticated',
  'unknown-api-version',
];

const WRITE: readonly ProblemCode[] = [
  ...READ,
  'idempotency-key-invalid',
  'idempotency-key-missing',
  'idempotency-key-reused',
  'invalid-input',
  'unsupported-media-type',
];

const KINDS: Readonly<Record<Kind, readonly ProblemCode[]>> = {
  /** Answered by the gateway, without a function. */
  gateway: GATEWAY,
  /** Served by a function, without a token. */
  open: OPEN,
  read: READ,
  list: [...READ, 'invalid-query'],
  write: WRITE,
};

/** Of examples, which are the same whatever its date. */
const versions = new ApiVersions([], '1970-01-01');

/** Examples that say more than their row, made by the code that refuses. */
const EXAMPLES: Readonly<Partial<Record<ProblemCode, () => unknown>>> = {
  'malformed-request': () => parseStrictJson(Buffer.from('{"note":')),
  'unknown-api-version': () => versions.asked('2019-01-01', 0),
};

/** What a route of this kind may answer, whatever it is about. */
export const problemsOfKind = (kind: Kind): readonly Problem[] =>
  KINDS[kind].map((code) => refusal(EXAMPLES[code] ?? (() => undefined)) ?? new Problem(code));

/** What a list may answer besides. */
export const problemsOfList = (resource: Resource): readonly Problem[] =>
  present([refusal(() => readListQuery(resource, 'acme', { limit: ['0'] }))]);

/** What a list by members may answer besides. */
export const problemsOfLists = ({ extensions = [] }: Resource): readonly Problem[] =>
  extensions
    .flatMap(({ listProblems = {} }) => Object.entries(listProblems))
    .map(([code, row]) => new Problem(code, {}, row));

/** What a route on one resource may answer besides. */
export const notFound = (singular: string): Problem => new Problem('not-found', { resource: singular });

/** What a route that is written for one version may answer besides. */
export const unknownVersion = (): Problem => Problem.from(refusal(() => versions.asked('2019-01-01', 0)));

/** What an action may answer besides, each example as the action itself would refuse. */
export function problemsOfAction(action: Action, transitions: readonly Transition[]): readonly Problem[] {
  const { resource, from } = action;
  const invalid = refusal(() => validateInput(action.input, { unexpected: true }, action.name));
  const own = [
    ...action.problems.map((code) => new Problem(code, {}, resource.problems?.[code] as Problem['row'])),
    ...Object.entries(problemsBeside(action)).map(
      ([code, row]) => new Problem(code, { ...relatedIn(action, row), ...errorsIn(action, row) }, row),
    ),
  ];
  if (from === undefined) return present([invalid, ...own]);
  const standing = (state: string): StoredResource => ({
    id: '',
    state,
    version: 4,
    commit: 'k9x2',
    createdAt: '',
    updatedAt: '',
    data: {},
  });
  const view = { transitions, version: versions.newest, versions };
  const seen = standing(from[0] ?? '');
  const elsewhere = resource.states.find((state) => !from.includes(state));
  return present([
    invalid,
    notFound(resource.singular),
    ...(action.versionless
      ? []
      : [refusal(() => checkVersion(action, view, undefined, seen)), versionMismatch(action, view, seen)]),
    elsewhere === undefined ? undefined : refusal(() => checkState(action, view, standing(elsewhere))),
    ...own.map((problem) =>
      problem.row.tellsErrors === undefined ? ruleProblem(action, view, seen, problem) : problem,
    ),
  ]);
}

/** An example of what a refusal over another resource tells. */
function relatedIn({ with: extension }: Action, { tellsRelated }: ProblemRow): Occurrence {
  const [touched] = extension?.touches ?? [];
  if (!tellsRelated || touched === undefined) return {};
  const { name: type, singular, idPrefix } = touched.resource;
  const id = `${idPrefix}_01hf3q8ks2v7m4n6p8r0t2w4y6`;
  return { resource: singular, related: [{ name: touched.name, type, id }] };
}

/** An example of what a refusal over members tells. */
function errorsIn({ resource, with: extension }: Action, { tellsErrors: detail }: ProblemRow): Occurrence {
  if (detail === undefined) return {};
  const written = (extension?.touches ?? []).flatMap((each) =>
    each.writes ? [{ ...each.resource, extensions: takingPart(each.resource, each.sets) }] : [],
  );
  const of = [resource, ...written].find((each) => constraintsOf(each).length > 0) ?? resource;
  const [rule] = constraintsOf(of);
  const errors = rule?.members.map((name) => ({ pointer: `/${name}`, detail }));
  return { resource: of.singular, ...(errors && { errors }) };
}

function refusal(refuse: () => unknown): Problem | undefined {
  try {
    refuse();
    return undefined;
  } catch (error) {
    return Problem.from(error);
  }
}

const present = (problems: readonly (Problem | undefined)[]): readonly Problem[] =>
  problems.filter((problem) => problem !== undefined);
