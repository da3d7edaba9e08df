import { beforeAll, describe, expect, test } from '@jest/globals';
import {
  account,
  ISSUER,
  plan,
  poolOf,
  service,
  stacksOf,
  state,
  type Templates,
  withSettings,
} from '../support/planned-release.ts';

let pool: Templates;
let renamed: Templates;
let issuer: Templates;
beforeAll(async () => {
  pool = await withSettings(poolOf('machine', 'partner'));
  renamed = await withSettings(poolOf('robot', 'partner'));
  issuer = await withSettings({ identity: ISSUER });
});

describe('a stack that is not whole', () => {
  test('B12: after a first deployment that was rolled back, everything is made anew, and nothing is compared with it', () => {
    const { deployed, importers } = account(pool, {
      [state]: 'ROLLBACK_COMPLETE',
      [service]: 'ROLLBACK_COMPLETE',
    });

    expect(plan(pool, issuer, { deployed, importers })).toEqual({
      deployments: [{ stacks: [state, service] }],
      refusals: [],
      notes: [],
    });
  });

  test('B12: a service that was rolled back goes by nothing, so the state stack changes in one deployment', () => {
    const { deployed } = account(pool, { [service]: 'ROLLBACK_COMPLETE' });

    expect(stacksOf(plan(pool, renamed, { deployed, importers: new Map() }))).toEqual([[state, service]]);
  });

  test('B12: after a rollback that failed, each orphan is named with what takes it away', () => {
    const { deployed, importers } = account(pool, { [state]: 'ROLLBACK_FAILED' });

    const { refusals, deployments } = plan(pool, pool, { deployed, importers });

    expect(deployments).toEqual([]);
    expect(refusals).toHaveLength(1);
    expect(refusals[0]).toContain('AWS::DynamoDB::GlobalTable RecordsTable-physical');
    expect(refusals[0]).toContain(
      'aws dynamodb update-table --table-name RecordsTable-physical --no-deletion-protection-enabled',
    );
    expect(refusals[0]).toContain(`aws cloudformation delete-stack --stack-name ${state}`);
  });

  test.each([
    ['UPDATE_ROLLBACK_FAILED', /npx cdk rollback holdfast-staging-service, then deploy again$/],
    ['UPDATE_FAILED', /npx cdk rollback holdfast-staging-service, then deploy again$/],
    ['DELETE_FAILED', /npm run destroy once more, then deploy again$/],
    ['UPDATE_IN_PROGRESS', /wait until it has come to an end, then deploy again$/],
  ])('%s is refused with the remedy', (status, remedy) => {
    const { deployed, importers } = account(pool, { [service]: status });

    expect(plan(pool, pool, { deployed, importers }).refusals).toEqual([expect.stringMatching(remedy)]);
  });
});
