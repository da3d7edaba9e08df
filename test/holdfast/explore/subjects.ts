import { type DeclaredEntry, resourceEntries } from '../../../lib/holdfast/cdk/bundles/function-entry.ts';
import type { Action } from '../../../lib/holdfast/core/definitions/define-action.ts';
import changeAny from './subjects/change-any.ts';
import numbered from './subjects/numbered.ts';

/** The function of an action that the service does not have. @param folder of its file, from the root */
export const entriesOf = (definition: Action, folder: string): readonly DeclaredEntry[] => {
  const file = `${folder}/${definition.name}.ts`;
  const { actions } = resourceEntries({
    definition: definition.resource,
    file: '',
    actions: [{ definition, file }],
  });
  return [...actions.values()];
};

/** Functions of actions that the service does not have. */
export const SUBJECTS: readonly DeclaredEntry[] = [changeAny, numbered].flatMap((action) =>
  entriesOf(action, 'test/holdfast/explore/subjects'),
);
