import { afterAll, beforeAll, describe, jest, test } from '@jest/globals';
import type { Action } from '../core/definitions/define-action.ts';
import type { Service } from '../service/define-service.ts';
import { loadRegistry, type RegisteredResource, type Registry } from '../service/registry.ts';
import { type Examples, examplesOf, nameOf } from './examples.ts';
import { explorePair, furnish, type Tried } from './explore/pair.ts';
import { Stand } from './explore/stand.ts';
import { Ways } from './scene/ways.ts';

/** The last resort: a pair of requests takes seconds. */
const PATIENCE_MS = 600_000;

/** An action, and how a resource comes to where it may begin. */
type Way = Pick<Tried, 'action' | 'way'>;

/** How much is explored. */
export interface ScheduleOptions {
  /** Faults in one schedule, at most: each more takes five times as long. @default 1 */
  readonly faults?: number;
}

/**
 * Registers Jest tests that let two requests for each action meet in every order of their calls, with so many faults at
 * them, on the functions as they are deployed: `await exploreProof(service, examples)`. However they met, it
 * came out as if one had been sent after the other.
 * @param known what the service has. @default what is found in its files
 * @throws Error that names what an example lacks
 */
export async function exploreProof(
  _service: Service,
  given: Examples,
  { faults = 1 }: ScheduleOptions = {},
  known?: Registry,
): Promise<void> {
  const registry = known ?? (await loadRegistry());
  const examples = examplesOf(registry, given);
  const all = registry.resources.flatMap((resource) =>
    resource.actions.map(({ definition: action }) => ({ action, way: wayTo(resource, action) })),
  );
  const tried = all.filter((each): each is Way => each.way !== undefined);

  jest.setTimeout(PATIENCE_MS);
  let stand: Stand;
  let furnished: Pick<Tried, 'examples' | 'world'>;
  beforeAll(async () => {
    const names = tried.flatMap(({ action, way }) => [action, ...way]);
    stand = await Stand.of(registry, [
      ...new Set(names.map(({ resource, name }) => `${resource.name}-${name}`)),
    ]);
    furnished = await furnish(stand, registry, examples);
  });
  afterAll(() => stand.close());

  describe('two requests at once', () => {
    for (const { action, way } of all)
      if (way === undefined)
        test.todo(`${nameOf(action)}, to which only an operation leads, which is not carried out here`);
    test.each(tried.map((each): [string, Way] => [nameOf(each.action), each]))(
      '%s comes out as if one was sent after the other, in whichever order they meet and whatever befalls them',
      async (_, each) => {
        const violation = await explorePair(stand, { ...each, ...furnished }, faults);
        if (violation !== undefined) throw new Error(violation);
      },
    );
  });
}

/** Actions that bring a resource to where another may begin; undefined where it takes an operation. */
function wayTo(resource: RegisteredResource, { from }: Action): readonly Action[] | undefined {
  if (from === undefined) return [];
  const ways = new Ways(resource, false);
  const [way] = ways.nearest
    .filter((state) => from.includes(state))
    .map((state) => ways.to(state) ?? [])
    .filter((steps) => steps.every(({ end }) => end === undefined));
  return way?.map(({ action }) => action);
}
