import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../service/project.ts';
import { type DueShards, dueShardsOf } from './due-shards.ts';
import type { Nesting } from './nests.ts';
import { type ReceiptForms, receiptFormsOf } from './receipt-forms.ts';
import type { Rules, StackTemplate, StoredShapes, TemplateResource } from './templates.ts';

/** Where it is recorded. */
export const FROZEN_FILE = 'lib/recorded/frozen.json';

/** What a deployment has and the next one may not move: a test, every synthesis and `npm run deploy` hold templates against it. */
export interface Frozen {
  /** What the names of its stacks begin with. @default unknown, deployed by a release before services had names */
  readonly prefix?: string;
  /** Nested stack of each function of a route. */
  readonly nests: Nesting;
  /** Tables by their logical ids: the key, and the definition of each index. */
  readonly tables: Readonly<
    Record<string, { readonly key: string; readonly indexes: Readonly<Record<string, string>> }>
  >;
  /** Other resources that hold what cannot be made again, by their logical ids: the type. */
  readonly others: Readonly<Record<string, string>>;
  /** Outputs that people and programs use. */
  readonly outputs: readonly string[];
  /** Of the index of what is due. @default unknown, since no service stack is there */
  readonly dueShards?: DueShards;
  /** How receipts leave an item. @default unknown, since no service stack is there */
  readonly receipts?: ReceiptForms;
  /** Shapes in which resources are kept. @default none but the first */
  readonly shapes?: StoredShapes;
  /** What is kept with each version of a resource, as the keys of its lists. @default nothing, or unknown */
  readonly rules?: Rules;
}

const TABLE = 'AWS::DynamoDB::GlobalTable';

const STATEFUL = ['AWS::Cognito::UserPool', 'AWS::SecretsManager::Secret'];

/** Before a project has recorded anything. */
const NOTHING: Frozen = { nests: {}, tables: {}, others: {}, outputs: [] };

/** Whether anything is recorded, without which nothing is deployed. */
export const isFrozen = (): boolean => existsSync(join(ROOT, FROZEN_FILE));

/** What is recorded. */
export const readFrozen = (): Frozen =>
  isFrozen() ? JSON.parse(readFileSync(join(ROOT, FROZEN_FILE), 'utf8')) : NOTHING;

/** What of these templates may not move. */
export function frozenPart(templates: readonly StackTemplate[], nests: Nesting): Frozen {
  const [state, service] = ['-state', '-service'].map(
    (end) => templates.find(({ name }) => name.endsWith(end))?.template,
  );
  const resources = Object.entries(state?.Resources ?? {});
  const dueShards = service && dueShardsOf(service);
  const receipts = service && receiptFormsOf(service);
  const { prefix, shapes, rules } = service?.Metadata?.holdfast ?? {};
  return {
    ...(prefix !== undefined && { prefix }),
    nests: sorted(nests),
    tables: sorted(
      Object.fromEntries(
        resources.filter(([, { Type }]) => Type === TABLE).map(([id, table]) => [id, tableOf(table)]),
      ),
    ),
    others: sorted(
      Object.fromEntries(
        resources.filter(([, { Type }]) => STATEFUL.includes(Type)).map(([id, { Type }]) => [id, Type]),
      ),
    ),
    outputs: [...Object.keys(state?.Outputs ?? {}), ...Object.keys(service?.Outputs ?? {})]
      .filter(isForPeople)
      .sort(),
    ...(dueShards && { dueShards }),
    ...(receipts && { receipts }),
    ...(shapes && { shapes }),
    ...(rules && { rules }),
  };
}

/** An output that we named; those that CDK names end in a hash. */
const isForPeople = (id: string) => /^[A-Z][A-Za-z]+$/.test(id);

const sorted = <T>(record: Readonly<Record<string, T>>): Record<string, T> =>
  Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));

interface Key {
  readonly KeySchema: readonly { readonly AttributeName: string; readonly KeyType: string }[];
}

interface Index extends Key {
  readonly IndexName: string;
  readonly Projection: { readonly ProjectionType: string; readonly NonKeyAttributes?: readonly string[] };
}

interface TableProperties extends Key {
  readonly AttributeDefinitions: readonly {
    readonly AttributeName: string;
    readonly AttributeType: string;
  }[];
  readonly GlobalSecondaryIndexes?: readonly Index[];
}

function tableOf({ Properties }: TemplateResource) {
  const {
    AttributeDefinitions,
    GlobalSecondaryIndexes = [],
    ...table
  } = Properties as unknown as TableProperties;
  const typeOf = new Map(
    AttributeDefinitions.map(({ AttributeName, AttributeType }) => [AttributeName, AttributeType]),
  );
  const key = ({ KeySchema }: Key) =>
    KeySchema.map(
      ({ AttributeName, KeyType }) => `${AttributeName} ${typeOf.get(AttributeName)} ${KeyType}`,
    ).join(', ');
  const projection = ({ Projection: { ProjectionType, NonKeyAttributes = [] } }: Index) =>
    [ProjectionType, ...[...NonKeyAttributes].sort()].join(' ');
  const indexes = GlobalSecondaryIndexes.map(
    (index) => [index.IndexName, `${key(index)}; ${projection(index)}`] as const,
  );
  return { key: key(table), indexes: sorted(Object.fromEntries(indexes)) };
}
