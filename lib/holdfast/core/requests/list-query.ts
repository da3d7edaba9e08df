import type { Resource } from '../definitions/define-resource.ts';
import { Problem } from '../problems/problem.ts';
import { NEWEST_SHAPES, type VersionChanges } from '../versions/api-version.ts';
import { stateIn } from '../versions/version-shapes.ts';
import { decodeCursor, type Position } from './cursor.ts';

/** A page that fits a phone's screen a few times over. */
export const DEFAULT_LIMIT = 25;

/** A page of that many payouts is far below the 6 MB that a function may answer. */
export const MAX_LIMIT = 100;

const PARAMETERS = ['state', 'limit', 'cursor'];

export const isLimit = (value: string) => /^[1-9]\d{0,2}$/.test(value) && Number(value) <= MAX_LIMIT;

/** What a list was asked for. */
export interface ListQuery {
  readonly state?: string;
  readonly limit: number;
  readonly after?: Position;
}

/**
 * Reads `state`, `limit` and `cursor`. Each is given once at most, and nothing else is.
 * @param version in which the state is named; the one that is read is of the newest. @default the newest
 * @throws Problem `invalid-query` that names each parameter at fault
 */
export function readListQuery(
  resource: Pick<Resource, 'name' | 'states'>,
  tenant: string,
  query: Readonly<Record<string, readonly string[]>>,
  version: VersionChanges = NEWEST_SHAPES,
): ListQuery {
  const [named, limit, cursor] = PARAMETERS.map((name) => query[name]?.[0]);
  const states = new Map(resource.states.map((name) => [stateIn(version, resource.name, name), name]));
  const state = named === undefined ? undefined : states.get(named);
  const scope = { tenant, resource: resource.name, filter: state ?? '' };
  const after = cursor === undefined ? undefined : decodeCursor(scope, cursor);
  const faults: readonly (readonly [name: string, isFault: boolean, detail: string])[] = [
    ...Object.entries(query).flatMap(([name, values]) => [
      [name, !PARAMETERS.includes(name), `is not a parameter; use ${PARAMETERS.join(', ')}`] as const,
      [name, values.length > 1, 'is given more than once'] as const,
    ]),
    ['state', named !== undefined && state === undefined, `is none of ${[...states.keys()].join(', ')}`],
    ['limit', limit !== undefined && !isLimit(limit), `is not a number from 1 to ${MAX_LIMIT}`],
    ['cursor', cursor !== undefined && after === undefined, 'was not given by this list; leave it out'],
  ];
  const errors = faults.flatMap(([parameter, isFault, detail]) => (isFault ? [{ parameter, detail }] : []));
  if (errors.length > 0) throw new Problem('invalid-query', { errors });
  return {
    limit: limit === undefined ? DEFAULT_LIMIT : Number(limit),
    ...(state !== undefined && { state }),
    ...(after !== undefined && { after }),
  };
}
