import type { Context } from 'aws-lambda';
import { OVERDUE, UNVISITED } from '../../../core/metric-names.ts';
import { advance } from '../../../core/operations/operation-machine.ts';
import { write } from '../../aws/attributes.ts';
import { deadlineMs } from '../../aws/deadline.ts';
import { errorOf, logger } from '../../aws/log.ts';
import { count } from '../../aws/metric.ts';
import { changeOperation, type LoadedOperation, loadOperation } from '../../operations/operation-store.ts';
import { countOverdue, type Overdue, overdue } from '../../operations/overdue.ts';
import { startExecution } from '../../operations/step-functions.ts';
import { changeItem } from '../../records/records-table.ts';

/** So many are visited at once: each is two or three calls, one after another. */
const AT_ONCE = 20;

/** One that could not be visited comes after all others, and is tried again by then, in milliseconds. */
const PUT_BEHIND_MS = 5 * 60_000;

/**
 * Visits every operation that is overdue, whatever its state: nothing that was accepted is ever forgotten. It goes through
 * all of them, as far as its time reaches, and the next run goes on; one that cannot be visited keeps no other waiting.
 */
export async function handler(_event: unknown, context: Context): Promise<{ readonly visited: number }> {
  const until = deadlineMs(context);
  const now = new Date();
  count(OVERDUE, { value: await countOverdue(now) });
  let visited = 0;
  for await (const page of overdue(now)) {
    const waiting = [...page];
    const work = async () => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        if (Date.now() > until) return;
        if (await visit(next)) visited++;
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    if (Date.now() > until) break;
  }
  return { visited };
}

/** Whether it could be visited; one that could not be is put behind the others, and somebody is told. */
async function visit(found: Overdue): Promise<boolean> {
  const { pk } = found;
  try {
    const loaded = await loadOperation(pk);
    if (loaded !== undefined) logger.info('visited', { operation: pk, found: await look(loaded) });
    return true;
  } catch (error) {
    logger.error('not visited', { operation: pk, error: errorOf(error) });
    count(UNVISITED, { operation: pk });
    await putBehind(found).catch((cause: unknown) =>
      logger.error('not put behind', { operation: pk, error: errorOf(cause) }),
    );
    return false;
  }
}

/** It is due again later, unless it has moved on meanwhile. Neither its version nor its event changes. */
async function putBehind({ pk, dueAt }: Overdue): Promise<void> {
  await changeItem(pk, {
    UpdateExpression: 'SET dueAt = :later',
    ConditionExpression: 'dueAt = :seen',
    ExpressionAttributeValues: write({
      ':later': new Date(Date.now() + PUT_BEHIND_MS).toISOString(),
      ':seen': dueAt,
    }),
  });
}

async function look({ pk, subject, progress }: LoadedOperation): Promise<'running' | 'lost'> {
  if ((await startExecution(subject.definition, pk, progress.epoch)) === 'ended') {
    await changeOperation(pk, {
      what: 'lost',
      advance: (loaded) =>
        loaded.progress.epoch === progress.epoch
          ? advance(loaded.operation, loaded.progress, { type: 'lost' }, Date.now())
          : loaded.progress,
    });
    return 'lost';
  }
  // It is looked at again when it is due once more.
  await changeOperation(pk, { what: 'sweep', advance: (loaded) => ({ ...loaded.progress }) });
  return 'running';
}
