import { allowedTransitions, type Transition } from '../../core/definitions/representation.ts';
import type { Partner } from '../../core/partners/define-partner.ts';
import { partnersOf, type RegisteredResource, type Registry } from '../../service/registry.ts';

/** What one function is made of; written to its template as `Metadata.holdfast`, so that the local cloud reads it there. */
export interface FunctionEntry {
  /** Unique in the service: `payouts-approve`. */
  readonly name: string;
  /** File in a room of `runtime/entries` that exports `handler`. */
  readonly entry: string;
  /** What the entry imports as `@action` or `@resource`. @default nothing */
  readonly definition?: {
    /** Path from the root of the repository, with forward slashes. */
    readonly file: string;
    /** The actions of the resource, for `allowedActions`. */
    readonly transitions: readonly Transition[];
  };
  /** Files of what the entry imports as `@resources`. @default nothing */
  readonly resources?: readonly string[];
  /** Files of what the entry imports as `@operations`. @default nothing */
  readonly operations?: readonly string[];
  /** File in `runtime/partners` of what the entry imports as `@credentials`. @default nothing */
  readonly credentials?: string;
}

/** The functions of one resource, by what they serve. */
export interface ResourceEntries {
  readonly get: FunctionEntry;
  readonly list: FunctionEntry;
  readonly history: FunctionEntry;
  /** By the action's name. */
  readonly actions: ReadonlyMap<string, FunctionEntry>;
}

/** The functions that serve a resource: one that reads it, one that lists it, and one per action. */
export function resourceEntries({ definition, file, actions }: RegisteredResource): ResourceEntries {
  const transitions = allowedTransitions(actions.map(({ definition: action }) => action));
  const reader = (name: string, entry = `${name}-entry.ts`) => ({
    name: `${definition.name}-${name}`,
    entry,
    definition: { file, transitions },
  });
  return {
    get: reader('get'),
    list: reader('list'),
    history: reader('history', 'history-get-entry.ts'),
    actions: new Map(
      actions.map((action) => [
        action.definition.name,
        {
          name: `${definition.name}-${action.definition.name}`,
          entry: 'action-entry.ts',
          definition: { file: action.file, transitions },
        },
      ]),
    ),
  };
}

/** The function that serves the table of problems. */
export const problemsEntry = (resources: readonly RegisteredResource[]): FunctionEntry => ({
  name: 'problems',
  entry: 'problems-entry.ts',
  resources: resources.map(({ file }) => file),
});

/** The function that serves the documentation. */
export const siteEntry: FunctionEntry = { name: 'docs', entry: 'site-entry.ts' };

/** The function that verifies access tokens. */
export const authorizerEntry: FunctionEntry = { name: 'authorizer', entry: 'authorizer-entry.ts' };

/** A function that knows every operation. */
const operationEntry = (
  name: string,
  { operations }: Registry,
  entry = `${name}-entry.ts`,
): FunctionEntry => ({
  name,
  entry,
  operations: operations.map(({ file }) => file),
});

/** The function that calls a partner. */
export const consumerEntry = (partner: Partner, registry: Registry): FunctionEntry => ({
  ...operationEntry(`partner-${partner.name}`, registry, 'consumer-entry.ts'),
  ...(partner.credentials && {
    credentials: partner.credentials.kind === 'oauth2' ? 'oauth2-credentials.ts' : 'secret-credentials.ts',
  }),
});

/** The functions that carry operations out. */
export const workflowEntries = (registry: Registry) => ({
  operate: operationEntry('operate', registry),
  dispatcher: { name: 'dispatcher', entry: 'dispatcher-entry.ts' },
  history: { name: 'history', entry: 'history-entry.ts' },
  refill: { name: 'history-refill', entry: 'history-refill-entry.ts' },
  sweep: operationEntry('sweep', registry),
  callback: operationEntry('callback', registry),
});

/** The functions that show and change operations, by what they serve. */
export const operationEntries = {
  get: { name: 'operations-get', entry: 'operation-get-entry.ts' },
  list: { name: 'operations-list', entry: 'operation-list-entry.ts' },
  cancel: { name: 'operations-cancel', entry: 'operation-cancel-entry.ts' },
  resolve: { name: 'operations-resolve', entry: 'operation-resolve-entry.ts' },
} satisfies Readonly<Record<string, FunctionEntry>>;

/**
 * Every function of the service.
 * @throws Error for two that would have one name
 */
export function allEntries(registry: Registry): readonly FunctionEntry[] {
  const entries = [
    authorizerEntry,
    problemsEntry(registry.resources),
    siteEntry,
    ...registry.resources
      .map(resourceEntries)
      .flatMap(({ get, list, history, actions }) => [get, list, history, ...actions.values()]),
    ...Object.values(operationEntries),
    ...Object.values(workflowEntries(registry)),
    ...partnersOf(registry).map((partner) => consumerEntry(partner, registry)),
  ];
  const [twice] = entries.filter(({ name }, i) => entries.findIndex((entry) => entry.name === name) !== i);
  if (twice === undefined) return entries;
  throw new Error(
    `two functions are named '${twice.name}'; rename the resource or the action of one of them`,
  );
}
