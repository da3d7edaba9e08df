import type { Resource } from '../../core/definitions/define-resource.ts';
import type { ResourceExtension } from '../../core/definitions/resource-extension.ts';
import type { KeepingExtension } from '../../core/writes/keeping.ts';
import { GUARDS, guarded } from './guards.ts';
import { uniqueProblems } from './problems.ts';
import { ruleFault } from './rule-fault.ts';

/** A resource that has these members. */
interface WithMembers<M extends string> {
  readonly members: { readonly shape: Readonly<Record<M, unknown>> };
}

/**
 * No two resources of a tenant have the same value of a rule: `unique(['sku'], ['customerId', 'number'])`, behind the definition
 * of a resource. Values are the same as they are stored; a resource that lacks a member of a rule is not held to it.
 * @param rules each the members whose values together are one resource's alone
 * @throws Error that names the fault and the remedy
 */
export const unique =
  <const M extends string>(...rules: readonly (readonly M[])[]) =>
  (
    resource: Pick<Resource, 'name' | 'singular' | 'members' | 'internal'> & WithMembers<M>,
  ): ResourceExtension => {
    const { name } = resource;
    const fault = typeof HOLDFAST_CHECKED === 'undefined' ? ruleFault(resource, rules) : undefined;
    if (fault !== undefined) throw new Error(`resource '${name}': ${fault}`);
    const extension: KeepingExtension = {
      capability: 'unique',
      problems: uniqueProblems,
      keys: [`${GUARDS}#${name}`],
      constraints: rules.map((members) => ({
        name: members.join('+'),
        says: `No two ${name} of a tenant have the same ${members.join(' and ')}.`,
        members,
        // One is let go, and another one taken.
        writes: 2,
      })),
      rules: Object.fromEntries(
        rules.map((members) => [`${GUARDS}.${members.join('+')}`, members.join(', ')]),
      ),
      keep: (version) => guarded(rules, version),
    };
    return extension;
  };
