import { UsageError } from '../cli/command/command.ts';
import { heldFault } from '../core/definitions/define-action.ts';
import { isReserved, KEPT_ACTIONS, RESERVED_ACTIONS, SAME } from '../core/definitions/reserved-names.ts';
import { actionPath } from '../core/definitions/routes.ts';
import type { RegisteredResource, Registry } from '../service/registry.ts';
import { actionFile, exampleOf } from './files/action-file.ts';
import { actionTestFile } from './files/action-test-file.ts';
import { kebab, resourceNamed, stateNamed, statesNamed } from './files/names.ts';
import { type NewSide, sideOf } from './files/sides.ts';
import type { Generator } from './plan.ts';
import { tryTransition } from './try-it.ts';

/**
 * A transition of a resource, served at once: `npm run new -- action payouts hold --from submitted --to draft`; one that
 * decides on others too: `npm run new -- action orders place --to placed --writes products --reads customers`.
 */
export const action: Generator = {
  summary: 'makes an action of a resource: a route, and a move from states to a state',
  operands: { resource: 'of whose items it is an action', name: 'of the action, in kebab-case: hold' },
  options: {
    from: { value: 'STATES', summary: 'that permit it, separated by commas (the first)' },
    to: { value: 'STATE', summary: `that it leads to, or ${SAME} to leave it (the first of --from)` },
    writes: { value: 'RESOURCES', summary: 'that it decides on and changes too, separated by commas' },
    reads: { value: 'RESOURCES', summary: 'that it decides on too and leaves alone, separated by commas' },
  },
  plan({ resource: of, name: called, from, to, writes, reads }, registry) {
    const resource = resourceNamed(registry, of);
    const name = freeAction(resource, called);
    const { definition } = resource;
    const [first = ''] = definition.states;
    const states = statesNamed(resource, 'from', from ?? first);
    const transition = {
      resource: definition,
      name,
      from: states,
      to: to === SAME ? to : stateNamed(resource, 'to', to ?? states[0] ?? first),
      sides: sidesNamed(registry, resource, { writes, reads }),
    };
    refuseHeld(resource, transition);
    return {
      files: {
        [`functions/actions/${definition.name}/${name}.ts`]: actionFile(transition),
        [`test/actions/${definition.name}/${name}.test.ts`]: actionTestFile(transition),
      },
      example: [`${definition.name}.${name}`, exampleOf(transition)],
      told: tryTransition(transition, actionPath(transition)),
    };
  },
};

/** Resources that its options name, each once. @throws UsageError */
function sidesNamed(
  registry: Registry,
  { definition: of }: RegisteredResource,
  options: Readonly<Record<'writes' | 'reads', string | undefined>>,
): readonly NewSide[] {
  const taken = [of.name];
  return (['writes', 'reads'] as const).flatMap((option) =>
    (options[option]?.split(',') ?? []).map((name) => {
      const found = resourceNamed(registry, name);
      if (taken.includes(name))
        throw new UsageError(
          `--${option} names '${name}', which the action decides on already; name each other resource once`,
        );
      taken.push(name);
      return sideOf(of, found, option === 'writes');
    }),
  );
}

/** Nothing is made that the registry would refuse. @throws UsageError for a state that an operation holds */
export function refuseHeld({ actions }: RegisteredResource, made: Parameters<typeof heldFault>[1]): void {
  for (const { definition } of actions) {
    const { operation } = definition;
    const fault = operation && heldFault({ ...definition, operation }, made);
    if (fault !== undefined) throw new UsageError(fault);
  }
}

/** A name that no action and no route of the kit has. @throws UsageError */
export function freeAction({ definition, actions }: RegisteredResource, value: string | undefined): string {
  const name = kebab('action', value);
  if (isReserved([...RESERVED_ACTIONS, ...KEPT_ACTIONS], name)) {
    throw new UsageError(`'${name}' is a route of the kit; choose another name`);
  }
  const there = actions.find((each) => each.definition.name === name);
  if (there === undefined) return name;
  throw new UsageError(
    `${definition.name} has an action '${name}' already, in ${there.file}; choose another name`,
  );
}
