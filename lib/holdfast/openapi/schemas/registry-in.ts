import * as z from 'zod';
import type { Action } from '../../core/definitions/define-action.ts';
import { cancel, resolve } from '../../core/operations/operation-actions.ts';
import { operations } from '../../core/operations/operations.ts';
import type { ApiVersion } from '../../core/versions/api-version.ts';
import {
  inputChanges,
  olderShape,
  representationChanges,
  stateIn,
} from '../../core/versions/version-shapes.ts';
import type { RegisteredResource } from '../../service/registry.ts';

/** The kit's own resource, as if a team had added it. */
export const kitOperations: RegisteredResource = {
  definition: operations,
  file: '',
  actions: [cancel, resolve].map((definition) => ({ definition, file: '' })),
};

/** A resource and its actions as an older version knew them: their members, inputs and states. */
export function resourceIn(version: ApiVersion, resource: RegisteredResource): RegisteredResource {
  const { name, states, members } = resource.definition;
  const named = (state: string) => stateIn(version, name, state);
  const definition = {
    ...resource.definition,
    states: states.map(named),
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

function inputIn(version: ApiVersion, { resource, name, input }: Action): z.ZodObject {
  const changes = inputChanges(version, resource.name, name);
  return changes.length === 0 ? input : z.strictObject(changes.reduce(olderShape, input.shape));
}
