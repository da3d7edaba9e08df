import { Problem } from '../../core/problems/problem.ts';
import { DEFAULT_LIMIT, isLimit, MAX_LIMIT } from '../../core/requests/list-query.ts';
import type { Asking, ListPage } from '../../core/requests/listing.ts';
import { listKey } from '../../core/store/keys.ts';
import { askedValues, type Fault } from './asked-values.ts';
import { chosenList, type ListsOf } from './chosen-list.ts';
import { listCursor, positionIn } from './list-cursor.ts';
import { inWords, ruleOf } from './member-list.ts';
import { placeIn } from './places.ts';
import { listProblems } from './problems.ts';

/**
 * The page that is asked for; undefined where it is of a list that every resource has.
 * @throws Problem `invalid-query` that names each parameter at fault
 */
export function askedPage(of: ListsOf, asking: Asking): ListPage | undefined {
  const chosen = chosenList(of, asking);
  if (chosen === undefined) return undefined;
  const { list, resource, tenant, query, nameOf } = chosen;
  const { key, between, faults } = askedValues(chosen);
  const scope = { tenant, resource: resource.name, filter: JSON.stringify([inWords(list), key, between]) };
  const [limit, cursor] = [query.limit?.[0], query.cursor?.[0]];
  const after = cursor === undefined ? undefined : positionIn(scope, cursor, between);
  const all: readonly Fault[] = [
    ...Object.entries(query).flatMap(([name, given]) =>
      given.length > 1 ? [[name, 'is given more than once'] as const] : [],
    ),
    ...faults,
    ...(limit === undefined || isLimit(limit)
      ? []
      : [['limit', `is not a number from 1 to ${MAX_LIMIT}`] as const]),
    ...(cursor !== undefined && after === undefined
      ? [['cursor', 'was not given by this list; leave it out'] as const]
      : []),
    ...(key === undefined
      ? list.by.map((member) => [nameOf(member), "leaves no room in a key for the tenant's name"] as const)
      : []),
  ];
  if (all.length > 0 || key === undefined)
    throw new Problem('invalid-query', { errors: all.map(([parameter, detail]) => ({ parameter, detail })) });
  return {
    slot: list.slot,
    first: list.first,
    list: key,
    between,
    limit: limit === undefined ? DEFAULT_LIMIT : Number(limit),
    ...(after !== undefined && { after }),
    rule: ruleOf(list),
    notReady: () => notReady(list.by.map(nameOf)),
    placeOf: (stored) => placeIn(list, listKey(resource, tenant), stored),
    cursor: (order) => listCursor(scope, order),
  };
}

const notReady = (by: readonly string[]) =>
  new Problem(
    'list-not-ready',
    { detail: `the list by ${by.join(' and ')} is not complete yet` },
    listProblems['list-not-ready'],
  );
