import type { Construct } from 'constructs';
import {
  BREAKER_OPENED,
  CONTRADICTED,
  NEEDS_ATTENTION,
  OVERDUE,
  UNVISITED,
} from '../../functions/core/metric-names.ts';
import type { Alarms } from './alarms.ts';

/** Sounds when operations do not come along by themselves. */
export function watchOperations(scope: Construct, alarms: Alarms): void {
  alarms.whenAny(scope, {
    name: 'needs-attention',
    metric: alarms.counted(NEEDS_ATTENTION),
    remedy:
      'An operation needs a person: npm run operation -- show ID tells what happened, POST /operations/ID/resolve ends it',
  });
  alarms.whenAny(scope, {
    name: 'overdue',
    metric: alarms.counted(OVERDUE),
    periods: 10,
    remedy:
      'Operations are past their time for ten minutes, although the sweep visits them: look into the log of sweep, and whether Step Functions throttles',
  });
  alarms.whenAny(scope, {
    name: 'unvisited',
    metric: alarms.counted(UNVISITED),
    remedy:
      'The sweep could not visit an operation and has put it behind the others: its log names each with the reason; where a definition is gone, put its file back',
  });
  alarms.whenAny(scope, {
    name: 'contradicted',
    metric: alarms.counted(CONTRADICTED),
    remedy:
      'A partner told two final outcomes of one command, of which the first stands: the history of the operation in the log has both; ask the partner which is true, and set it right with it',
  });
  alarms.whenAny(scope, {
    name: 'breaker-open',
    metric: alarms.counted(BREAKER_OPENED),
    remedy:
      'A partner failed so often that it is left alone for a while; operations wait and go on by themselves: the log of its consumer names it, ask it when it will be back',
  });
}
