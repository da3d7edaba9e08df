import { Stack, type StackProps } from 'aws-cdk-lib';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import type { StageConfig } from '../config.ts';
import { IdempotencyTable, RecordsTable } from '../constructs/records-table.ts';

/** Everything that a deployment must never replace: the tables. */
export class StateStack extends Stack {
  readonly records: TableV2;
  readonly idempotency: TableV2;

  constructor(
    scope: Construct,
    id: string,
    { config, ...props }: StackProps & { readonly config: StageConfig },
  ) {
    super(scope, id, { description: `Holdfast, stage ${config.stage}: tables`, ...props });
    this.records = new RecordsTable(this, 'Records', { retain: config.retainData }).table;
    this.idempotency = new IdempotencyTable(this, 'Idempotency', { retain: config.retainData }).table;
  }
}
