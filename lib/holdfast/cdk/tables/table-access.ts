import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';

/** Which keys of which table, or of one of its indexes, and what may be done with them. */
export interface TableAccess {
  readonly table: TableV2;
  /** @default the table itself */
  readonly index?: string;
  readonly actions: readonly `dynamodb:${'GetItem' | 'PutItem' | 'UpdateItem' | 'DeleteItem' | 'Query'}`[];
  /** What every partition key that is touched begins with, one of these: a resource type and the separator. */
  readonly keyPrefixes: readonly string[];
  /** Partition keys that may be touched besides, whole. @default none */
  readonly keys?: readonly string[];
}

/**
 * Grants items of these resource types alone. A request that names no key at all would satisfy the condition on leading
 * keys too, so that its presence is asked for besides.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html
 */
export const tableAccess = ({
  table,
  index,
  actions,
  keyPrefixes,
  keys = [],
}: TableAccess): PolicyStatement =>
  new PolicyStatement({
    actions: [...actions],
    resources: [index === undefined ? table.tableArn : `${table.tableArn}/index/${index}`],
    conditions: {
      'ForAllValues:StringLike': {
        'dynamodb:LeadingKeys': [...keys, ...keyPrefixes.map((prefix) => `${prefix}*`)],
      },
      Null: { 'dynamodb:LeadingKeys': 'false' },
    },
  });
