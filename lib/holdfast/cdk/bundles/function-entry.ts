import { allowedTransitions, type Transition } from '../../core/definitions/representation.ts';
import { KEY_PREFIXES } from '../../core/definitions/reserved-names.ts';
import { publicPartners } from '../../core/operations/partner-status.ts';
import type { Partner } from '../../core/partners/define-partner.ts';
import type { StageConfig } from '../../service/config.ts';
import { partnersOf, type RegisteredResource, type Registry, refusingIn } from '../../service/registry.ts';
import { slotName, slotsOf } from '../templates/rules.ts';
import { actionGrants, isExtended } from './action-grants.ts';
import {
  acting,
  changing,
  findingOverdue,
  items,
  listing,
  listingByMembers,
  machines,
  type Needs,
  reading,
  readingHistory,
} from './needs.ts';

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

/** The same, with what the function needs. */
export interface DeclaredEntry extends FunctionEntry {
  readonly needs: Needs;
}

/** The functions of one resource, by what they serve. */
export interface ResourceEntries {
  readonly get: DeclaredEntry;
  readonly list: DeclaredEntry;
  readonly history: DeclaredEntry;
  /** By the action's name. */
  readonly actions: ReadonlyMap<string, DeclaredEntry>;
}

/** What decides which functions a stage has. */
type OfStage = Pick<StageConfig, 'status'>;

/** Types of the kit's own items. */
const KIT = KEY_PREFIXES;

/** What every answer is made with, and what a resource is read with besides. */
const OPEN = ['ALLOW_ORIGIN'] as const;
const READING = [...OPEN, 'DEFAULT_API_VERSION', 'RECORDS_TABLE'] as const;
const ACTING = [...READING, 'IDEMPOTENCY_TABLE'] as const;

/** The functions that serve a resource: one that reads it, one that lists it, and one per action. */
export function resourceEntries({ definition, file, actions }: RegisteredResource): ResourceEntries {
  const type = definition.name;
  const transitions = allowedTransitions(actions.map(({ definition: action }) => action));
  const reader = (name: string, needs: Needs, entry = `${name}-entry.ts`) => ({
    name: `${type}-${name}`,
    entry,
    definition: { file, transitions },
    needs,
  });
  const one = items('records', ['GetItem'], type);
  const isListed = slotsOf(definition).length > 0;
  return {
    get: reader('get', { environment: READING, grants: [one] }),
    list: isListed
      ? reader(
          'list',
          {
            environment: READING,
            grants: [...listing(type), ...listingByMembers(definition, slotsOf(definition).map(slotName))],
          },
          'extended-list-entry.ts',
        )
      : reader('list', { environment: READING, grants: listing(type) }),
    history: reader(
      'history',
      { environment: [...READING, 'HISTORY_TABLE'], grants: [one, readingHistory(type)] },
      'history-get-entry.ts',
    ),
    actions: new Map(
      actions.map((action) => [
        action.definition.name,
        {
          name: `${type}-${action.definition.name}`,
          entry: isExtended(action.definition) ? 'extended-action-entry.ts' : 'action-entry.ts',
          definition: { file: action.file, transitions },
          needs: { environment: ACTING, grants: actionGrants(action.definition) },
        },
      ]),
    ),
  };
}

/** The function that serves the table of problems. */
export const problemsEntry = (registry: Pick<Registry, 'resources'>): DeclaredEntry => ({
  name: 'problems',
  entry: 'problems-entry.ts',
  resources: refusingIn(registry).map(({ file }) => file),
  needs: { environment: OPEN, grants: [] },
});

/** The function that serves the documentation. */
export const siteEntry: DeclaredEntry = {
  name: 'docs',
  entry: 'site-entry.ts',
  needs: { environment: OPEN, grants: [] },
};

/** The function that tells which partners are left alone; undefined where there is nobody to tell of, or nobody is told. */
export const statusEntry = (registry: Registry, { status }: OfStage): DeclaredEntry | undefined =>
  status && publicPartners(registry.operations.map(({ definition }) => definition)).length > 0
    ? operationEntry('status', registry, {
        environment: [...OPEN, 'RECORDS_TABLE'],
        grants: [items('records', ['GetItem'], KIT.partners)],
      })
    : undefined;

/** The function that verifies access tokens. */
export const authorizerEntry: DeclaredEntry = {
  name: 'authorizer',
  entry: 'authorizer-entry.ts',
  needs: { environment: ['TOKEN_RULES'], grants: [] },
};

/** A function that knows every operation. */
const operationEntry = (
  name: string,
  { operations }: Registry,
  needs: Needs,
  entry = `${name}-entry.ts`,
): DeclaredEntry => ({
  name,
  entry,
  operations: operations.map(({ file }) => file),
  needs,
});

/** Changing operations up to their ends, which move their resources as well. */
const ending = (those: Registry['operations']) =>
  changing(KIT.operations, ...those.map(({ definition }) => definition.resource.name));

/** The function that calls a partner. */
export function consumerEntry(partner: Partner, registry: Registry): DeclaredEntry {
  const { name, callback, credentials } = partner;
  const calling = registry.operations.filter(({ definition }) =>
    definition.steps.some((step) => step.partner === partner),
  );
  const needs: Needs = {
    environment: [
      'RECORDS_TABLE',
      'IDEMPOTENCY_TABLE',
      'PARTNER_URLS',
      ...(credentials?.kind === 'oauth2' ? (['PARTNER_TOKEN_URLS'] as const) : []),
    ],
    grants: [
      // What it reports may be the operation's end.
      ending(calling),
      items('records', ['UpdateItem'], KIT.partners),
      items('idempotency', ['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem'], KIT.commands),
      ...(callback ? [changing(KIT.references)] : []),
      ...(credentials ? [reading({ partner: name, use: 'credentials' })] : []),
      machines('SendTaskSuccess'),
    ],
  };
  return {
    ...operationEntry(`partner-${name}`, registry, needs, 'consumer-entry.ts'),
    ...(credentials && {
      credentials: credentials.kind === 'oauth2' ? 'oauth2-credentials.ts' : 'secret-credentials.ts',
    }),
  };
}

/** The functions that carry operations out. */
export function workflowEntries(registry: Registry) {
  const types = registry.resources.map(({ definition }) => definition.name);
  const writingHistory = items('history', ['PutItem'], ...types);
  const callbacks = partnersOf(registry).filter(({ callback }) => callback !== undefined);
  return {
    operate: operationEntry('operate', registry, {
      environment: ['RECORDS_TABLE'],
      grants: [ending(registry.operations), machines('SendTaskSuccess')],
    }),
    dispatcher: {
      name: 'dispatcher',
      entry: 'dispatcher-entry.ts',
      needs: { environment: ['STATE_MACHINES'], grants: [machines('StartExecution', 'SendTaskSuccess')] },
    },
    history: {
      name: 'history',
      entry: 'history-entry.ts',
      needs: { environment: ['HISTORY_TABLE'], grants: [writingHistory] },
    },
    refill: {
      name: 'history-refill',
      entry: 'history-refill-entry.ts',
      needs: {
        environment: ['HISTORY_TABLE'],
        grants: [
          writingHistory,
          { actions: ['dynamodb:GetRecords', 'dynamodb:GetShardIterator'], on: { streamOf: 'records' } },
        ],
      },
    },
    // It looks after what is overdue, and never ends one.
    sweep: operationEntry('sweep', registry, {
      environment: ['RECORDS_TABLE', 'STATE_MACHINES'],
      grants: [
        changing(KIT.operations),
        findingOverdue(KIT.operations),
        machines('StartExecution', 'SendTaskSuccess'),
      ],
    }),
    callback: operationEntry('callback', registry, {
      environment: [...OPEN, 'RECORDS_TABLE', 'CALLBACK_SECRETS'],
      grants: [
        ending(registry.operations),
        items('records', ['UpdateItem'], KIT.references),
        machines('SendTaskSuccess'),
        reading(...callbacks.map(({ name }) => ({ partner: name, use: 'callbacks' as const }))),
      ],
    }),
  } satisfies Readonly<Record<string, DeclaredEntry>>;
}

/** The functions that show and change operations, by what they serve. */
export const operationEntries = (registry: Registry) =>
  ({
    get: {
      name: 'operations-get',
      entry: 'operation-get-entry.ts',
      needs: {
        environment: [...READING, 'WAITING_SEATS'],
        grants: [items('records', ['GetItem'], KIT.operations), items('records', ['UpdateItem'], KIT.waits)],
      },
    },
    list: {
      name: 'operations-list',
      entry: 'operation-list-entry.ts',
      needs: { environment: READING, grants: listing(KIT.operations) },
    },
    cancel: {
      name: 'operations-cancel',
      entry: 'operation-cancel-entry.ts',
      needs: { environment: ACTING, grants: acting(KIT.operations) },
    },
    resolve: {
      name: 'operations-resolve',
      // It knows the operations where a capability extends one, and only there.
      ...(registry.operations.some(({ definition }) => definition.with)
        ? { entry: 'extended-resolve-entry.ts', operations: registry.operations.map(({ file }) => file) }
        : { entry: 'operation-resolve-entry.ts' }),
      needs: { environment: ACTING, grants: acting(KIT.operations) },
    },
  }) satisfies Readonly<Record<string, DeclaredEntry>>;

/**
 * Every function of a stage.
 * @param stage @default one without settings of its own
 * @throws Error for two that would have one name
 */
export function allEntries(registry: Registry, stage: OfStage = { status: false }): readonly DeclaredEntry[] {
  const status = statusEntry(registry, stage);
  const entries = [
    authorizerEntry,
    problemsEntry(registry),
    siteEntry,
    ...(status === undefined ? [] : [status]),
    ...registry.resources
      .map(resourceEntries)
      .flatMap(({ get, list, history, actions }) => [get, list, history, ...actions.values()]),
    ...Object.values(operationEntries(registry)),
    ...Object.values(workflowEntries(registry)),
    ...partnersOf(registry).map((partner) => consumerEntry(partner, registry)),
  ];
  const [twice] = entries.filter(({ name }, i) => entries.findIndex((entry) => entry.name === name) !== i);
  if (twice === undefined) return entries;
  throw new Error(
    `two functions are named '${twice.name}'; rename the resource or the action of one of them`,
  );
}
