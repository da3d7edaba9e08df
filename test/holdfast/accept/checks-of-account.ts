import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { accountConcurrency } from '../../../lib/holdfast/cli/account/account-concurrency.ts';
import { deployedStacks } from '../../../lib/holdfast/cli/account/deployed.ts';
import { stackNames } from '../../../lib/holdfast/cli/deploy/release-plan.ts';
import type { AcceptanceRun } from './account.ts';
import type { Check } from './outcome.ts';
import { askCloudWatch, elements } from './signed.ts';
import { NAMES, STAGE } from './stacks.ts';

/** Both stacks stand as they were deployed. */
export async function requireStatus({ cloudFormation }: AcceptanceRun, ...statuses: string[]): Promise<void> {
  const stacks = await deployedStacks(cloudFormation, Object.values(stackNames(STAGE)));
  assert.equal(stacks.length, 2, 'both stacks stand');
  for (const { name, status } of stacks) assert.ok(statuses.includes(status), `${name} is ${status}`);
}

/** Alarm actions and metrics take a moment to be told of. */
const MOMENT_MS = 20_000;

export const ACCOUNT_CHECKS: readonly Check[] = [
  {
    letter: '0',
    what: 'the account has a hundred executions of functions at once, or more',
    means:
      'waits and writes share them: 504 answers in checks I and J are explained by it; raise quota L-B99A9384',
    async run() {
      const { warning } = await accountConcurrency(new LambdaClient({}));
      assert.equal(warning, undefined, warning);
    },
  },
  {
    letter: 'A',
    what: 'a first deployment comes about: streams, gateway responses and methods in one go',
    means:
      'the events of the stack name the resource; dynamodb:ListStreams and concurrent modifications of the API are what was in doubt',
    needed: true,
    async run(run) {
      await run.deploy();
      await requireStatus(run, 'CREATE_COMPLETE');
    },
  },
  {
    letter: 'B',
    what: 'an alarm reaches its topic',
    means: 'the policy of the topic does not let CloudWatch publish: lib/holdfast/cdk/alarms/alarms.ts',
    notEmulated: 'the emulator carries out no action of an alarm, and evaluates no policy of a topic',
    async run({ cloudFormation }) {
      const AlarmName = `${NAMES}-overdue`;
      await askCloudWatch(cloudFormation, {
        Action: 'SetAlarmState',
        AlarmName,
        StateValue: 'ALARM',
        StateReason: 'acceptance',
      });
      await delay(MOMENT_MS);
      const history = await askCloudWatch(cloudFormation, {
        Action: 'DescribeAlarmHistory',
        AlarmName,
        HistoryItemType: 'Action',
      });
      const [summary = 'no action'] = elements(history, 'HistorySummary');
      assert.match(summary, /Successfully executed action/);
    },
  },
];
