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
  return Object.entries(before).flatMap(([resource, was]) => {
    const is = after[resource] ?? {};
    return [
      ...Object.entries(was).flatMap(([rule, words]) => {
        const now = is[rule];
        return now === undefined || now === words
          ? []
          : [
              `${rule} of ${resource} was '${words}' and would be '${now}', and the release before goes by what it was; add it under another name behind the others, and say 'removed' for one that goes`,
            ];
      }),
      ...exchanged(resource, was, is),
    ];
  });
}

type Words = Rules[string];

/** A rule that is called by the members that it is over is another one when they change: the old one goes as the new one comes. */
const calledByMembers = (rules: Words, others: Words): readonly string[] =>
  Object.entries(rules)
    .filter(([rule, words]) => rule.endsWith(`.${words.replaceAll(', ', '+')}`) && !(rule in others))
    .map(([rule]) => rule);

/** Between the old one, which the new release keeps no more, and the new one, which older items lack, nothing holds for all. */
function exchanged(resource: string, was: Words, is: Words): readonly string[] {
  const [gone, come] = [calledByMembers(was, is), calledByMembers(is, was)];
  return gone.length === 0 || come.length === 0
    ? []
    : [
        `${gone.join(', ')} of ${resource} would go in the release in which ${come.join(', ')} comes, and neither would hold until a backfill has gone through; keep the old rule beside the new one and drop it a release later, or where a member was renamed, say what it was (docs/uniqueness.md)`,
      ];
}
