import type { Action } from '../definitions/define-action.ts';
import type { Resource } from '../definitions/define-resource.ts';
import { type Extendable, takingPart } from '../definitions/resource-extension.ts';
import { type ProblemRow, problems } from '../problems/problems.ts';
import { operations } from './operations.ts';

/** What may have problems of its own: a resource, and an action by what it decides on besides. */
export type Refusing = Pick<Resource, 'problems' | 'states' | 'extensions'> | Pick<Action, 'with' | 'decide'>;

/** Every row of a service's table of problems by its code: the kit's, each resource's own, and those of capabilities. */
export const problemRows = (refusing: readonly Refusing[]): ReadonlyMap<string, ProblemRow> =>
  new Map([problems, operations.problems ?? {}, ...refusing.map(rowsOf)].flatMap(Object.entries<ProblemRow>));

const rowsOf = (definition: Refusing): Rows =>
  'decide' in definition
    ? (definition.with?.problems ?? {})
    : { ...definition.problems, ...ofAll(definition), ...ofLists(definition) };

type Rows = Readonly<Record<string, ProblemRow>>;

const ofLists = ({ extensions = [] }: Extendable): Rows =>
  Object.assign({}, ...extensions.map(({ listProblems: rows }) => rows));

const ofAll = ({ extensions = [] }: Extendable): Rows =>
  Object.assign({}, ...extensions.map(({ problems: rows }) => rows));

/** What an action may be refused with besides: by what it decides on, and by what is kept with all that it writes. */
export const problemsBeside = ({ resource, with: extension }: Pick<Action, 'resource' | 'with'>): Rows =>
  Object.assign(
    {},
    extension?.problems,
    ofAll(resource),
    ...(extension?.touches ?? []).map(
      ({ resource: of, writes, sets }) => writes && ofAll({ extensions: takingPart(of, sets) }),
    ),
  );
