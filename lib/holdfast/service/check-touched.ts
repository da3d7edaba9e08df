import type { Action } from '../core/definitions/define-action.ts';
import type { Resource } from '../core/definitions/define-resource.ts';

/** A resource, and what may be done to it. */
interface Found {
  readonly definition: Resource;
  readonly actions: readonly { readonly definition: Action; readonly file: string }[];
}

/**
 * A decision about another resource is about one that the service has, and changes none that an operation holds: only the
 * operation's own end does.
 * @throws Error that names the fault and the remedy
 */
export function checkTouched(resources: readonly Found[]): void {
  const all = resources.flatMap(({ actions }) => actions);
  for (const { definition, file } of all)
    for (const { name, resource, writes, states } of definition.with?.touches ?? []) {
      if (!resources.some((each) => each.definition === resource))
        throw new Error(
          `${file}: action '${definition.name}': '${name}' is of '${resource.name}', which is not the resource of that name; import its resource.ts`,
        );
      const holding = all.find(
        ({ definition: { resource: of, operation, to } }) =>
          writes && of.name === resource.name && operation !== undefined && states.includes(to),
      );
      if (holding !== undefined)
        throw new Error(
          `${file}: action '${definition.name}': '${name}' may be '${holding.definition.to}', in which operation '${holding.definition.operation?.name}' holds it until its own end; name states that none holds`,
        );
    }
}
