import {
  AttributeType,
  CfnGlobalTable,
  ProjectionType,
  StreamViewType,
  TableV2,
} from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import type { TableName } from '../bundles/needs.ts';
import { retention } from '../functions/retention.ts';
import { cfnOf } from '../templates/cfn-of.ts';
import { slotName } from '../templates/rules.ts';

/** What an index carries besides its keys: the public part of a resource. It cannot be changed later, only replaced. */
const PUBLIC = ['state', 'version', 'commit', 'createdAt', 'updatedAt', 'data'];

/** Index of a tenant's resources by time, and by state and time. Names are known to `lib/holdfast/runtime/records/records.ts`. */
const INDEXES = { 'by-time': 'createdAt', 'by-state': 'stateOrder' };

const string = (name: string) => ({ name, type: AttributeType.STRING });

/** Every table of a stage. */
export type Tables = Readonly<Record<TableName, TableV2>>;

/** Whether a table outlives its stack. */
export interface TableProps {
  readonly retain: boolean;
}

/** How many indexes the table has for lists by members; they are numbered, so that all resources share them. */
export interface RecordsTableProps extends TableProps {
  readonly slots: number;
}

/** Holds every resource with its receipts: one item each, whose partition key begins with resource type and tenant. */
export class RecordsTable extends Construct {
  readonly table: TableV2;

  constructor(scope: Construct, id: string, { retain, slots }: RecordsTableProps) {
    super(scope, id);
    this.table = new TableV2(this, 'Table', {
      partitionKey: string('pk'),
      dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES,
      timeToLiveAttribute: 'expiration',
      globalSecondaryIndexes: [
        ...Object.entries(INDEXES).map(([indexName, sortKey]) => ({
          indexName,
          partitionKey: string('list'),
          sortKey: string(sortKey),
          projectionType: ProjectionType.INCLUDE,
          nonKeyAttributes: PUBLIC.filter((name) => name !== sortKey),
        })),
        // Holds operations that are not final, for the sweep.
        {
          indexName: 'by-due',
          partitionKey: string('dueList'),
          sortKey: string('dueAt'),
          projectionType: ProjectionType.KEYS_ONLY,
        },
        // Holds what is in a list by its members.
        ...Array.from({ length: slots }, (_, i) => ({
          indexName: slotName(i + 1),
          partitionKey: string(`l${i + 1}`),
          sortKey: string(`o${i + 1}`),
          projectionType: ProjectionType.INCLUDE,
          nonKeyAttributes: PUBLIC,
        })),
      ],
      ...lasting(retain),
    });
    fixLogicalId(this.table, 'RecordsTable');
  }
}

/** Holds the receipts that resources have spilled, until they expire. */
export class IdempotencyTable extends Construct {
  readonly table: TableV2;

  constructor(scope: Construct, id: string, { retain }: TableProps) {
    super(scope, id);
    this.table = new TableV2(this, 'Table', {
      partitionKey: string('id'),
      timeToLiveAttribute: 'expiration',
      ...lasting(retain),
    });
    fixLogicalId(this.table, 'IdempotencyTable');
  }
}

/** Holds what happened to each resource: a row for each of its versions, and for each of its operations'. */
export class HistoryTable extends Construct {
  readonly table: TableV2;

  constructor(scope: Construct, id: string, { retain }: TableProps) {
    super(scope, id);
    this.table = new TableV2(this, 'Table', {
      partitionKey: string('pk'),
      sortKey: string('sk'),
      ...lasting(retain),
    });
    fixLogicalId(this.table, 'HistoryTable');
  }
}

const lasting = (retain: boolean) => ({
  pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
  deletionProtection: retain,
  removalPolicy: retention(retain),
});

/** A table's logical id is part of its data: with another one, CloudFormation would make a new and empty table. */
function fixLogicalId(table: TableV2, logicalId: string) {
  cfnOf(table, CfnGlobalTable).overrideLogicalId(logicalId);
}
