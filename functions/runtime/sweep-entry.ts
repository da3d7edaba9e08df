import { Logger } from '@aws-lambda-powertools/logger';
import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { OVERDUE } from '../core/metric-names.ts';
import { advance } from '../core/operation-machine.ts';
import { dynamodb } from './dynamodb.ts';
import { environment } from './environment.ts';
import { write } from './item.ts';
import { count } from './metric.ts';
import { DUE } from './operation-item.ts';
import { changeOperation, type LoadedOperation, loadOperation } from './operation-store.ts';
import { executionStatus, startExecution } from './step-functions.ts';

const logger = new Logger();

const TableName = environment('RECORDS_TABLE');

/** Visits every operation that is overdue, whatever its state: nothing that was accepted is ever forgotten. */
export async function handler(): Promise<{ readonly visited: number }> {
  let visited = 0;
  const due = await overdue(new Date());
  count(OVERDUE, { value: due.length });
  for (const pk of due) {
    try {
      const loaded = await loadOperation(pk);
      if (loaded !== undefined) logger.info('visited', { operation: pk, found: await visit(loaded) });
      visited++;
    } catch (error) {
      logger.error('failed', { operation: pk, error: error as Error });
    }
  }
  return { visited };
}

async function overdue(now: Date): Promise<readonly string[]> {
  const { Items = [] } = await dynamodb.send(
    new QueryCommand({
      TableName,
      IndexName: 'by-due',
      KeyConditionExpression: 'dueList = :due AND dueAt <= :now',
      ExpressionAttributeValues: write({ ':due': DUE, ':now': now.toISOString() }),
      Limit: 100,
    }),
  );
  return Items.map(({ pk }) => pk?.S ?? '');
}

async function visit({ pk, subject, progress }: LoadedOperation): Promise<string> {
  const status = await executionStatus(subject.definition, pk, progress.epoch);
  if (status === 'missing') {
    await startExecution(subject.definition, pk, progress.epoch);
    return 'started';
  }
  if (status === 'running') {
    // It is looked at again when it is due once more.
    await changeOperation(pk, { what: 'sweep', advance: (loaded) => ({ ...loaded.progress }) });
    return 'running';
  }
  await changeOperation(pk, {
    what: 'lost',
    advance: (loaded) => advance(loaded.operation, loaded.progress, { type: 'lost' }, Date.now()),
  });
  return 'lost';
}
