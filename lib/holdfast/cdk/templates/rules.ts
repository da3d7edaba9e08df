import { type Extendable, listsOf, rulesOf } from '../../core/definitions/resource-extension.ts';
import type { Registry } from '../../service/registry.ts';
import type { Rules } from './templates.ts';

/** Those of a release; undefined where there are none, so that nothing is said of them. */
export function rulesIn({ resources }: Pick<Registry, 'resources'>): Rules | undefined {
  const all = resources
    .map(({ definition }) => [definition.name, rulesOf(definition)] as const)
    .filter(([, rules]) => Object.keys(rules).length > 0);
  return all.length === 0 ? undefined : Object.fromEntries(all);
}

/** The index of lists with this number. */
export const slotName = (slot: number): string => `list-${slot}`;

/** The numbers of the indexes that a resource has lists in. */
export const slotsOf = (resource: Extendable): readonly number[] =>
  Object.values(listsOf(resource)).map(({ slot }) => slot);

/** Names of the indexes that tables have been deployed with. */
type RecordedTables = Readonly<Record<string, { readonly indexes: object }>>;

/**
 * How many indexes of lists the table has: as many as the resource with the most lists needs, and never less than it had, since the release
 * before reads them until the roll-out is over.
 */
export function slotCount({ resources }: Pick<Registry, 'resources'>, recorded: RecordedTables): number {
  const names = Object.values(recorded).flatMap(({ indexes }) => Object.keys(indexes));
  const numbers = names.map((name) => Number(/^list-(\d+)$/.exec(name)?.[1] ?? 0));
  return Math.max(0, ...numbers, ...resources.flatMap(({ definition }) => slotsOf(definition)));
}

/** Until items of older releases have what a rule keeps, nothing goes by it: a rule that changes is a list that is refused meanwhile. */
export function ruleRefusals(before: Rules = {}, after: Rules = {}): readonly string[] {
  return Object.entries(before).flatMap(([resource, rules]) =>
    Object.entries(rules).flatMap(([rule, words]) => {
      const now = after[resource]?.[rule];
      return now === undefined || now === words
        ? []
        : [
            `${rule} of ${resource} was '${words}' and would be '${now}', and the release before goes by what it was; add it under another name behind the others, and say 'removed' for one that goes`,
          ];
    }),
  );
}
