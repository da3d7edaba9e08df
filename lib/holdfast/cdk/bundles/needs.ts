import type { Resource } from '../../core/definitions/define-resource.ts';
import type { SecretUse } from '../../core/partners/partner-secrets.ts';
import { backfillKey } from '../../core/store/keys.ts';
import type { Variable } from '../../runtime/aws/environment.ts';

/** The tables of a stage. */
export type TableName = 'records' | 'idempotency' | 'history';

/** A secret, by whose partner it is of and what it is for. */
export interface SecretOf {
  readonly partner: string;
  readonly use: SecretUse;
}

/** Items of a table, or of one of its indexes, whose partition keys are like one of these: `payouts#*`. */
export interface Items {
  readonly table: TableName;
  readonly index?: string;
  readonly keys: readonly string[];
}

/** What a function may touch. */
export type Place =
  | Items
  | { readonly streamOf: TableName }
  | { readonly secrets: readonly SecretOf[] }
  | 'state-machines';

/** What a function may do with it: a statement of its role, without ARNs. */
export interface Grant {
  readonly actions: readonly string[];
  readonly on: Place;
}

/**
 * What a function needs, and all that it gets besides its log and its traces: its environment and its role are derived from
 * this. `test/holdfast/lib/needs.test.ts` compares it with what is in the function's bundle.
 */
export interface Needs {
  readonly environment: readonly Variable[];
  readonly grants: readonly Grant[];
}

/** Leave to do this with the items of these types, and with no other in their table. */
export const items = (
  table: TableName,
  actions: readonly ('GetItem' | 'PutItem' | 'UpdateItem' | 'DeleteItem' | 'ConditionCheckItem')[],
  ...types: readonly string[]
): Grant => ({
  actions: actions.map((action) => `dynamodb:${action}`),
  on: { table, keys: [...new Set(types)].map((type) => `${type}#*`) },
});

/** Leave to query an index for these partition keys. */
const query = (index: string, ...keys: readonly string[]): Grant => ({
  actions: ['dynamodb:Query'],
  on: { table: 'records', index, keys },
});

/** Listing a resource's items, of all states or of one. */
export const listing = (type: string): readonly Grant[] =>
  ['by-time', 'by-state'].map((index) => query(index, `${type}#*`));

/** Listing a resource's items by their members, once a backfill has recorded that all of them are there. */
export const listingByMembers = (
  resource: Pick<Resource, 'name'>,
  indexes: readonly string[],
): readonly Grant[] => [
  ...indexes.map((index) => query(index, `${resource.name}#*`)),
  { actions: ['dynamodb:GetItem'], on: { table: 'records', keys: [backfillKey(resource)] } },
];

/** Finding the operations that are overdue, of releases with one list of them and of those with several. */
export const findingOverdue = (operations: string): Grant =>
  query('by-due', `${operations}#due`, `${operations}#due#*`);

/** Reading the history of a resource. */
export const readingHistory = (type: string): Grant => ({
  actions: ['dynamodb:Query'],
  on: { table: 'history', keys: [`${type}#*`] },
});

/** Changing items that are there. */
export const changing = (...types: readonly string[]): Grant =>
  items('records', ['GetItem', 'UpdateItem'], ...types);

/** An action on an item that is there: it keeps receipts in the item, and spills those for which there is no room. */
export const acting = (type: string): readonly Grant[] => [
  changing(type),
  items('idempotency', ['GetItem', 'PutItem'], type),
];

/** Calls about the state machines of this service, and of no other. */
export const machines = (...actions: readonly ('StartExecution' | 'SendTaskSuccess')[]): Grant => ({
  actions: actions.map((action) => `states:${action}`),
  on: 'state-machines',
});

/** Leave to read secrets. */
export const reading = (...secrets: readonly SecretOf[]): Grant => ({
  actions: ['secretsmanager:GetSecretValue'],
  on: { secrets },
});
