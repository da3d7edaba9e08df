import { beforeAll, describe, expect, test } from '@jest/globals';
import * as metricNames from '../../../lib/holdfast/core/metric-names.ts';
import service from '../../../lib/service.ts';
import { ofType, type Resource, type SynthesizedStage, synthesizeStage } from '../support/templates.ts';

let stage: SynthesizedStage;
beforeAll(async () => {
  stage = await synthesizeStage('production');
});

const alarms = () => ofType(stage.service, 'AWS::CloudWatch::Alarm').map(([, { Properties }]) => Properties);

const named = (name: string) => {
  const found = alarms().find(({ AlarmName }) => AlarmName === `holdfast-production-${name}`);
  if (found === undefined) throw new Error(`there is no alarm ${name}`);
  return found;
};

/** Namespaces and names of the metrics that an alarm's expression is made of. */
const metricsOf = (metrics: unknown) =>
  (metrics as { MetricStat?: { Metric: { Namespace: string; MetricName: string } } }[]).flatMap(
    ({ MetricStat }) =>
      MetricStat ? [`${MetricStat.Metric.Namespace} ${MetricStat.Metric.MetricName}`] : [],
  );

describe('an alarm', () => {
  test('says what it means and what to do, is told to the topic, and is quiet where there is no data but for the sweep', () => {
    const told = alarms().map(({ AlarmName, AlarmDescription, AlarmActions, TreatMissingData }) => ({
      sentence: /^[A-Za-z][^:;]{10,}[:;] .{10,}/.test(String(AlarmDescription)),
      actions: (AlarmActions as unknown[]).length,
      // B8: a sweep that says nothing is dead.
      silence:
        (AlarmName === 'holdfast-production-overdue' ? 'breaching' : 'notBreaching') === TreatMissingData,
    }));

    expect(told.length).toBeGreaterThan(20);
    expect(new Set(told.map((each) => JSON.stringify(each)))).toEqual(
      new Set([JSON.stringify({ sentence: true, actions: 1, silence: true })]),
    );
  });

  test.each([
    ['api-5xx', { MetricName: '5XXError', Namespace: 'AWS/ApiGateway' }],
    // B3: not the latency of the stage, where whoever follows an operation waits.
    [
      'write-latency',
      {
        MetricName: metricNames.WRITE_LATENCY,
        Namespace: service.namespace,
        ExtendedStatistic: 'p99',
      },
    ],
    ['bank-dead-letters', { MetricName: 'ApproximateNumberOfMessagesVisible', Threshold: 0 }],
    ['history-dead-letters', { MetricName: 'ApproximateNumberOfMessagesVisible' }],
    ['bank-waits', { MetricName: 'ApproximateAgeOfOldestMessage' }],
    ['dispatcher-behind', { MetricName: 'IteratorAge' }],
    ['history-behind', { MetricName: 'IteratorAge' }],
    ['needs-attention', { MetricName: metricNames.NEEDS_ATTENTION, Namespace: service.namespace }],
    ['overdue', { MetricName: metricNames.OVERDUE, EvaluationPeriods: 10, TreatMissingData: 'breaching' }],
    ['disburse-payout-executions-throttled', { MetricName: 'ExecutionThrottled', Namespace: 'AWS/States' }],
    ['breaker-open', { MetricName: metricNames.BREAKER_OPENED }],
  ])('%s watches what it is named for', (name, metric) => {
    expect(named(name)).toMatchObject(metric);
  });

  test.each([
    'operate',
    'sweep',
    'dispatcher',
    'history',
    'history-refill',
    'partner-bank',
    'partner-screening',
  ])('B8: %s, which nobody waits for, sounds when it fails or is throttled in most minutes', (name) => {
    const { Metrics, EvaluationPeriods, DatapointsToAlarm } = named(`${name}-fails`);

    expect([EvaluationPeriods, DatapointsToAlarm]).toEqual([5, 3]);
    expect(metricsOf(Metrics)).toEqual(['AWS/Lambda Errors', 'AWS/Lambda Throttles']);
  });

  test('B8: of executions sounds when one fails or runs out of time, by the name of the state machine', () => {
    const { Metrics } = named('disburse-payout-executions-fail');

    expect(metricsOf(Metrics)).toEqual(['AWS/States ExecutionsFailed', 'AWS/States ExecutionsTimedOut']);
    expect(JSON.stringify(Metrics)).toContain(':stateMachine:holdfast-production-disburse-payout');
  });

  test('of a function counts its crashes and its own faults, and takes a release back', () => {
    const { Metrics } = alarms().find(({ AlarmName }) =>
      JSON.stringify(AlarmName).includes('payouts-approve-fails'),
    ) as { Metrics: Record<string, never>[] };
    const groups = ofType(stage.service, 'AWS::CodeDeploy::DeploymentGroup').map(
      ([, { Properties }]) => Properties,
    );
    const aliases = ofType(stage.service, 'AWS::Lambda::Alias');

    expect(JSON.stringify(Metrics)).toContain(metricNames.FAILED);
    expect(JSON.stringify(Metrics)).toContain('"MetricName":"Errors"');
    expect(groups).toHaveLength(aliases.length);
    for (const { AutoRollbackConfiguration, AlarmConfiguration, DeploymentConfigName } of groups) {
      expect(AutoRollbackConfiguration).toMatchObject({ Enabled: true });
      expect(JSON.stringify(AutoRollbackConfiguration)).toContain('DEPLOYMENT_STOP_ON_ALARM');
      expect(AlarmConfiguration).toMatchObject({ Enabled: true });
      expect(DeploymentConfigName).toBe('CodeDeployDefault.LambdaCanary10Percent5Minutes');
    }
  });
});

test('every function but the history, every state machine and the API are traced, and log as long as the stage says', () => {
  const of = (type: string, member: string) => [
    ...new Set(ofType(stage.service, type).map(([, { Properties }]) => JSON.stringify(Properties[member]))),
  ];

  const untraced = ofType(stage.service, 'AWS::Lambda::Function')
    .filter(([, { Properties }]) => JSON.stringify(Properties.TracingConfig) !== '{"Mode":"Active"}')
    .map(([, { Metadata }]) => Metadata?.holdfast?.name);

  // It is called with every change of the table.
  expect(untraced).toEqual(['history']);
  expect(of('AWS::StepFunctions::StateMachine', 'TracingConfiguration')).toEqual(['{"Enabled":true}']);
  expect(of('AWS::ApiGateway::Stage', 'TracingEnabled')).toEqual(['true']);
  expect(of('AWS::Logs::LogGroup', 'RetentionInDays')).toEqual(['365']);
});

test('there is one dashboard, which shows what becomes of writes, of operations and of partners', () => {
  const [[, dashboard] = []] = ofType(stage.service, 'AWS::CloudWatch::Dashboard');
  const body = JSON.stringify(dashboard?.Properties.DashboardBody);

  expect(dashboard?.Properties.DashboardName).toEqual({
    'Fn::Join': ['', ['holdfast-production-', { Ref: 'AWS::Region' }]],
  });
  expect(Object.values(metricNames).filter((name) => !body.includes(name))).toEqual([]);
});

test('the dashboard shows the requests of each version, and the clients of each older one', () => {
  const [[, dashboard] = []] = ofType(stage.service, 'AWS::CloudWatch::Dashboard');
  const body = JSON.stringify(dashboard?.Properties.DashboardBody).replaceAll('\\', '');

  for (const version of ['2026-11-01', '2026-05-01'])
    expect(body).toContain(`"VersionRequests","apiVersion","${version}","stage","production"`);
  expect(body.match(/SEARCH\('[^']*'/g)).toEqual([
    `SEARCH('{"Holdfast",apiVersion,client,stage} MetricName="VersionRequests" apiVersion="2026-05-01" stage="production"'`,
  ]);
});

test('the template of the service says what its clients are told of each version, for the release after it', () => {
  const { template } = stage.templates.find(({ name }) => name === 'holdfast-production-service') ?? {};

  expect(template?.Metadata?.holdfast?.versions).toEqual({
    '2026-11-01': {},
    '2026-05-01': { sunset: '2027-11-01', noticeDays: 180 },
  });
});

// What a stage without a canary is for is to be deployed at once.
test('a stage without a canary moves its aliases at once', async () => {
  const { service } = await synthesizeStage('dev');
  const types = new Set(Object.values(service).map(({ Type }) => Type));

  expect([...types].filter((type) => type.startsWith('AWS::CodeDeploy'))).toEqual([]);
  expect(ofType(service, 'AWS::Lambda::Alias').length).toBeGreaterThan(10);
});

describe('the step function', () => {
  const machines = () => ofType(stage.service, 'AWS::StepFunctions::StateMachine');
  const versionOf = (machine: Resource) =>
    /operateFunctionCurrentVersion\w+/.exec(JSON.stringify(machine.Properties))?.[0] ?? '';

  // A version that outlives the rolled-back deployment that made it stands in the next one's way.
  test('A4: is called by the version that an execution began with, which is kept, but not after a rollback', () => {
    const versions = machines().map(([, machine]) => stage.service[versionOf(machine)]);

    expect(versions).toEqual([
      expect.objectContaining({
        Type: 'AWS::Lambda::Version',
        DeletionPolicy: 'RetainExceptOnCreate',
        UpdateReplacePolicy: 'Retain',
      }),
    ]);
  });

  test('A4: is called by no execution before all else of the deployment stands', () => {
    const own =
      stage.templates.find(({ name }) => name === 'holdfast-production-service')?.template.Resources ?? {};
    const later = Object.entries(own)
      .filter(([, { DependsOn = [] }]) =>
        [DependsOn].flat().some((id) => own[id]?.Type === 'AWS::StepFunctions::StateMachine'),
      )
      .map(([id]) => id);

    for (const [id] of machines()) {
      const before = new Set([own[id]?.DependsOn ?? []].flat());
      const missing = Object.keys(own).filter(
        (each) => each !== id && !before.has(each) && !later.includes(each),
      );
      expect(missing).toEqual([]);
    }
    expect(later.map((id) => own[id]?.Type).sort()).toEqual([
      'AWS::CloudWatch::Alarm',
      'AWS::CloudWatch::Dashboard',
    ]);
  });
});

test('B7: an execution ends by itself a week after its operation had to, as its own definition says', () => {
  const definitions = ofType(stage.service, 'AWS::StepFunctions::StateMachine').map(([, { Properties }]) =>
    JSON.stringify(Properties.DefinitionString),
  );

  expect(definitions).toEqual([expect.stringContaining('\\"TimeoutSeconds\\":777600,\\"StartAt\\"')]);
});

test('B11: what the gateway logs of itself goes to a group of the stack, which stands before the stage and goes with it', () => {
  const [[id = '', log] = []] = ofType(stage.service, 'AWS::Logs::LogGroup').filter(([, { Properties }]) =>
    JSON.stringify(Properties.LogGroupName ?? '').includes('API-Gateway-Execution-Logs_'),
  );
  const [[, gatewayStage] = []] = ofType(stage.service, 'AWS::ApiGateway::Stage') as [
    string,
    Resource & { DependsOn: string[] },
  ][];
  const [[api = ''] = []] = ofType(stage.service, 'AWS::ApiGateway::RestApi');

  expect(log).toMatchObject({ DeletionPolicy: 'Delete', Properties: { RetentionInDays: 365 } });
  expect(log?.Properties.LogGroupName).toEqual({
    'Fn::Join': ['', ['API-Gateway-Execution-Logs_', { Ref: api }, '/production']],
  });
  expect(gatewayStage?.DependsOn).toContain(id);
});

test('B13: the access log has the request id that no client chooses', () => {
  const [[, gatewayStage] = []] = ofType(stage.service, 'AWS::ApiGateway::Stage');

  expect(JSON.stringify(gatewayStage?.Properties.AccessLogSetting)).toContain('$context.extendedRequestId');
});

test('what Lambda logs of itself is told from WARN on', () => {
  const levels = ofType(stage.service, 'AWS::Lambda::Function').map(
    ([, { Properties }]) => (Properties.LoggingConfig as { SystemLogLevel?: string }).SystemLogLevel,
  );

  expect(new Set(levels)).toEqual(new Set(['WARN']));
});
