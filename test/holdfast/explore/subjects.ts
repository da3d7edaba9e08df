import { type DeclaredEntry, resourceEntries } from '../../../lib/holdfast/cdk/bundles/function-entry.ts';
import type { Action } from '../../../lib/holdfast/core/definitions/define-action.ts';
import changeAny from './subjects/change-any.ts';
import exchange from './subjects/exchange.ts';
import numbered from './subjects/numbered.ts';
import quote from './subjects/quote.ts';

const entriesOf = (definition: Action): readonly DeclaredEntry[] => {
  const file = `test/holdfast/explore/subjects/${definition.name}.ts`;
  const { actions } = resourceEntries({
    definition: definition.resource,
    file: '',
    actions: [{ definition, file }],
  });
  return [...actions.values()];
};

/** Functions of actions that the service does not have. */
export const SUBJECTS: readonly DeclaredEntry[] = [changeAny, exchange, numbered, quote].flatMap(entriesOf);
