import { Duration } from 'aws-cdk-lib';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { operations } from '../../core/operations/operations.ts';
import type { Registry } from '../../service/registry.ts';
import type { Alarms } from '../alarms/alarms.ts';
import { workflowEntries } from '../bundles/function-entry.ts';
import type { Functions } from '../functions/functions.ts';
import { followStream } from './table-stream.ts';

/** What writes histories is made from. */
export interface HistoryPlaneProps {
  readonly registry: Registry;
  readonly records: TableV2;
  readonly functions: Functions;
  readonly alarms: Alarms;
}

/** A stream keeps its records for a day, so that a gap is tried to be filled so often until then. */
const REFILL_EVERY_MINUTES = 15;
const REFILLS = (24 * 60) / REFILL_EVERY_MINUTES;

/** Follows the table's stream, writes a row for each version, and fills the gaps that its own failures have left. */
export class HistoryPlane extends Construct {
  constructor(scope: Construct, id: string, { registry, records, functions, alarms }: HistoryPlaneProps) {
    super(scope, id);
    const entries = workflowEntries(registry);
    const resourceTypes = registry.resources.map(({ definition }) => definition.name);
    const keeping = { retentionPeriod: Duration.days(14), enforceSSL: true };
    const deadLetters = new Queue(this, 'DeadLetters', keeping);
    const gaps = new Queue(this, 'Gaps', {
      ...keeping,
      visibilityTimeout: Duration.minutes(REFILL_EVERY_MINUTES),
      deadLetterQueue: { queue: deadLetters, maxReceiveCount: REFILLS },
    });
    alarms.onDeadLetters(
      this,
      'history',
      deadLetters,
      'Histories lack versions that could not be written within a day; completeToVersion tells which: fix the cause in the log of history-refill',
    );
    // Called with every change of the table, it would trace as much as all others together, and says nothing by it.
    const write = functions.background(entries.history, { traced: false });
    alarms.onFallingBehind(this, 'history', write);
    followStream(records, write, gaps, [operations.name, ...resourceTypes]);
    const refill = functions.background(entries.refill);
    refill.addEventSource(
      new SqsEventSource(gaps, { batchSize: 1, maxConcurrency: 2, reportBatchItemFailures: true }),
    );
  }
}
