import type { Resource } from '../../core/definitions/define-resource.ts';
import { Problem } from '../../core/problems/problem.ts';
import type { Asking } from '../../core/requests/listing.ts';
import { filterIn } from '../../core/versions/version-shapes.ts';
import type { NamedList, Schema } from './member-list.ts';

/** Parameters of every list by members besides what it is by. */
export const BESIDES: readonly string[] = ['limit', 'cursor', 'from', 'to'];

/** The lists of a resource, and what its members hold. */
export interface ListsOf {
  readonly resource: Resource;
  readonly lists: readonly NamedList[];
  readonly schemas: ReadonlyMap<string, Schema>;
}

/** A request for one of them. */
export interface Chosen extends ListsOf, Asking {
  readonly list: NamedList;
  /** What a member is called in the version of the request. */
  nameOf(member: string): string;
}

/**
 * The list that a request is for; undefined for one that every resource has.
 * @throws Problem `invalid-query` that names the lists there are
 */
export function chosenList(of: ListsOf, asking: Asking): Chosen | undefined {
  const { query, version } = asking;
  const filters = Object.keys(query).filter((name) => !BESIDES.includes(name));
  const isBounded = query.from !== undefined || query.to !== undefined;
  if (filters.every((name) => name === 'state') && !isBounded) return undefined;
  const nameOf = (member: string) => filterIn(version, of.resource.name, member);
  const sets = of.lists.map(({ by }) => by.map(nameOf));
  const list = of.lists.find((_, i) => isSame(sets[i] ?? [], filters));
  if (list === undefined) throw noSuchList(sets, filters);
  return { ...of, ...asking, list, nameOf };
}

const isSame = (by: readonly string[], filters: readonly string[]) =>
  by.length === filters.length && by.every((name) => filters.includes(name));

/** Which lists there are, by what each is asked by. */
function noSuchList(sets: readonly (readonly string[])[], filters: readonly string[]): Problem {
  const known = [...new Set([...sets.flat(), 'state'])];
  const told = [...sets.map((set) => set.join(' and ')), 'state', 'nothing'].join('; or by ');
  const strangers = filters.filter((name) => !known.includes(name));
  const [filter = 'from'] = filters.filter((name) => name !== 'state');
  const errors =
    strangers.length > 0
      ? strangers.map((parameter) => ({
          parameter,
          detail: `is not a parameter; use ${[...known, ...BESIDES].join(', ')}`,
        }))
      : [{ parameter: filter, detail: `asks for no list that there is; ask by ${told}` }];
  return new Problem('invalid-query', { errors });
}
