import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Variable } from '../../runtime/aws/environment.ts';
import type { Needs, Place, SecretOf, TableName } from '../bundles/needs.ts';

/** What a stage has for those that need it. */
export interface Supply {
  readonly environment: Readonly<Record<Variable, string>>;
  readonly tables: Readonly<Record<TableName, TableV2>>;
  /** ARNs of the state machines of the service. */
  readonly stateMachines: readonly string[];
  readonly secretArn: (secret: SecretOf) => string;
}

/** The environment that is needed, and no more of it. */
export const environmentOf = ({ environment }: Needs, supply: Supply): Readonly<Record<string, string>> =>
  Object.fromEntries(environment.map((name) => [name, supply.environment[name]]));

/** The statements of a role. One that names no resource is none: not every service has operations, or secrets. */
export const statementsOf = ({ grants }: Needs, supply: Supply): readonly PolicyStatement[] =>
  grants
    .map(({ actions, on }) => ({ actions: [...actions], resources: arnsOf(on, supply), ...bound(on) }))
    .filter(({ resources }) => resources.length > 0)
    .map((statement) => new PolicyStatement(statement));

function arnsOf(on: Place, { tables, stateMachines, secretArn }: Supply): string[] {
  if (on === 'state-machines') return [...stateMachines];
  if ('secrets' in on) return on.secrets.map(secretArn);
  if ('streamOf' in on) return [tables[on.streamOf].tableStreamArn ?? ''];
  const { tableArn } = tables[on.table];
  return [on.index === undefined ? tableArn : `${tableArn}/index/${on.index}`];
}

/**
 * Items under these keys alone. A request that names no key at all would satisfy the condition on leading keys too, so
 * that its presence is asked for besides.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html
 */
const bound = (on: Place) =>
  typeof on === 'object' && 'keys' in on
    ? {
        conditions: {
          'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [...on.keys] },
          Null: { 'dynamodb:LeadingKeys': 'false' },
        },
      }
    : {};
