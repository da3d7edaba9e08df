import type { Resource } from '../../core/definitions/define-resource.ts';
import type { ResourceExtension } from '../../core/definitions/resource-extension.ts';
import type { KeepingExtension } from '../../core/writes/keeping.ts';
import { GUARDS, guarded, type Rule } from './guards.ts';
import { uniqueProblems } from './problems.ts';
import { ruleFault } from './rule-fault.ts';

/** A resource that has these members. */
interface WithMembers<M extends string> {
  readonly members: { readonly shape: Readonly<Record<M, unknown>> };
}

/** A rule over members that were called something else when it was first released, as stored shapes rename them. */
interface Renamed<M extends string> {
  readonly members: readonly M[];
  /** What each was called: guards are kept under that, so that the release before meets those of this one. */
  readonly was: readonly string[];
}

/**
 * No two resources of a tenant have the same value of a rule: `unique(['sku'], ['customerId', 'number'])`, behind the definition
 * of a resource. Values are the same as they are stored; a resource that lacks a member of a rule is not held to it.
 * Members that have been renamed are said with what they were: `unique({ members: ['code'], was: ['sku'] })`.
 * @param rules each the members whose values together are one resource's alone
 * @throws Error that names the fault and the remedy
 */
export const unique =
  <const M extends string>(...given: readonly (readonly M[] | Renamed<M>)[]) =>
  (
    resource: Pick<Resource, 'name' | 'singular' | 'members' | 'internal'> & WithMembers<M>,
  ): ResourceExtension => {
    const { name } = resource;
    const said = given.map((each) => ('members' in each ? each : { members: each, was: each }));
    const fault = typeof HOLDFAST_CHECKED === 'undefined' ? ruleFault(resource, said) : undefined;
    if (fault !== undefined) throw new Error(`resource '${name}': ${fault}`);
    const rules = said.map(ruleOf);
    const extension: KeepingExtension = {
      capability: 'unique',
      problems: uniqueProblems,
      keys: [`${GUARDS}#${name}`],
      constraints: said.map(({ members }) => ({
        name: members.join('+'),
        says: `No two ${name} of a tenant have the same ${members.join(' and ')}.`,
        members,
        // One is let go, and another one taken.
        writes: 2,
      })),
      rules: Object.fromEntries(
        rules.map((rule) => [`${GUARDS}.${rule.name}`, rule.name.replaceAll('+', ', ')]),
      ),
      keep: (version) => guarded(rules, version),
    };
    return extension;
  };

/** The order in which members are said makes no other rule of it. */
function ruleOf({ members, was }: Renamed<string>): Rule {
  const named = was.map((name, i) => ({ name, member: members[i] ?? name }));
  named.sort((one, other) => (one.name < other.name ? -1 : 1));
  return { name: named.map(({ name }) => name).join('+'), members: named.map(({ member }) => member) };
}
