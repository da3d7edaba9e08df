import * as z from 'zod';
import type { Action } from '../../core/definitions/define-action.ts';
import type { Operation } from '../../core/definitions/define-operation.ts';
import type { MemberList, ResourceExtension } from '../../core/definitions/resource-extension.ts';
import { cancel, resolveOf } from '../../core/operations/operation-actions.ts';
import { operations } from '../../core/operations/operations.ts';
import type { ApiVersion } from '../../core/versions/api-version.ts';
import {
  filterIn,
  inputChanges,
  olderShape,
  representationChanges,
  stateIn,
} from '../../core/versions/version-shapes.ts';
import type { RegisteredResource, Registry } from '../../service/registry.ts';

/** The kit's own resource, as if a team had added it: what only extended operations show, where there are such. */
export function kitOperations({ operations: registered }: Pick<Registry, 'operations'>): RegisteredResource {
  const definitions = registered.map(({ definition }) => definition);
  const actions = [cancel, resolveOf(definitions)].map((definition) => ({ definition, file: '' }));
  const { results: _, resolution, ...members } = operations.members.shape;
  const isExtended = definitions.some(({ with: extension }) => extension !== undefined);
  const found = resolution.unwrap();
  const shown = {
    ...members,
    ...resultsOf(definitions),
    resolution: (isExtended ? found : found.omit({ result: true })).optional().meta(resolution.meta() ?? {}),
  };
  return { definition: { ...operations, members: z.object(shown) }, file: '', actions };
}

/** What operations show of their steps' results: members that come with an operation are additions for clients. */
function resultsOf(definitions: readonly Operation[]): z.ZodRawShape {
  const steps = definitions.flatMap(({ name, with: { shows } = {} }) =>
    Object.entries(shows?.shape ?? {}).map(([step, schema]) => ({ operation: name, step, schema })),
  );
  const members = [...Map.groupBy(steps, ({ step }) => step)].map(([step, all]) => {
    const names = all.map(({ operation }) => `\`${operation}\``).join(', ');
    const [first = z.never(), ...others] = all.map((each) => each.schema);
    const schema = others.length === 0 ? first : z.union([first, ...others]).optional();
    return [step, schema.meta({ description: `Of operations by ${names}.` })];
  });
  if (members.length === 0) return {};
  const description = 'What partners told of steps that are done, by step.';
  return { results: z.object(Object.fromEntries(members)).optional().meta({ description }) };
}

/** A resource and its actions as an older version knew them: their members, inputs and states. */
export function resourceIn(version: ApiVersion, resource: RegisteredResource): RegisteredResource {
  const { name, states, members } = resource.definition;
  const named = (state: string) => stateIn(version, name, state);
  const definition = {
    ...resource.definition,
    states: states.map(named),
    ...(resource.definition.extensions && {
      extensions: resource.definition.extensions.map((extension) => listedIn(version, name, extension)),
    }),
    members: z.object(representationChanges(version, name).reduce(olderShape, members.shape)),
  };
  const actions = resource.actions.map(({ definition: action, file }) => ({
    file,
    definition: {
      ...action,
      resource: definition,
      to: named(action.to),
      ...(action.from && { from: action.from.map(named) }),
      input: inputIn(version, action),
    },
  }));
  return { ...resource, definition, actions };
}

/** What a capability adds, with its lists as the version calls what they are by. */
function listedIn(version: ApiVersion, resource: string, extension: ResourceExtension): ResourceExtension {
  const { lists } = extension;
  if (lists === undefined) return extension;
  const named = (member: string) => filterIn(version, resource, member);
  const inVersion = ({ by, order, ...list }: MemberList) => ({
    ...list,
    by: by.map(named),
    order: named(order),
  });
  return {
    ...extension,
    lists: Object.fromEntries(Object.entries(lists).map(([name, list]) => [name, inVersion(list)])),
  };
}

function inputIn(version: ApiVersion, { resource, name, input }: Action): z.ZodObject {
  const changes = inputChanges(version, resource.name, name);
  return changes.length === 0 ? input : z.strictObject(changes.reduce(olderShape, input.shape));
}
