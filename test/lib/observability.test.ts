import { beforeAll, describe, expect, test } from '@jest/globals';
import * as metricNames from '../../functions/core/metric-names.ts';
import { ofType, type SynthesizedStage, synthesizeStage } from '../support/templates.ts';

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

describe('an alarm', () => {
  test('says what it means and what to do, is told to the topic, and is quiet where there is no data', () => {
    const told = alarms().map(({ AlarmDescription, AlarmActions, TreatMissingData }) => ({
      sentence: /^[A-Za-z][^:;]{10,}[:;] .{10,}/.test(String(AlarmDescription)),
      actions: (AlarmActions as unknown[]).length,
      TreatMissingData,
    }));

    expect(told.length).toBeGreaterThan(20);
    expect(new Set(told.map((each) => JSON.stringify(each)))).toEqual(
      new Set([JSON.stringify({ sentence: true, actions: 1, TreatMissingData: 'notBreaching' })]),
    );
  });

  test.each([
    ['api-5xx', { MetricName: '5XXError', Namespace: 'AWS/ApiGateway' }],
    ['api-latency', { MetricName: 'Latency', ExtendedStatistic: 'p99' }],
    ['bank-dead-letters', { MetricName: 'ApproximateNumberOfMessagesVisible', Threshold: 0 }],
    ['history-dead-letters', { MetricName: 'ApproximateNumberOfMessagesVisible' }],
    ['bank-waits', { MetricName: 'ApproximateAgeOfOldestMessage' }],
    ['dispatcher-behind', { MetricName: 'IteratorAge' }],
    ['history-behind', { MetricName: 'IteratorAge' }],
    ['needs-attention', { MetricName: metricNames.NEEDS_ATTENTION, Namespace: metricNames.METRIC_NAMESPACE }],
    ['overdue', { MetricName: metricNames.OVERDUE }],
    ['breaker-open', { MetricName: metricNames.BREAKER_OPENED }],
  ])('%s watches what it is named for', (name, metric) => {
    expect(named(name)).toMatchObject(metric);
  });

  test('of a function counts its crashes and its own faults, and takes a release back', () => {
    const { Metrics } = named('payouts-approve-fails') as { Metrics: Record<string, never>[] };
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

test('every function, every state machine and the API are traced, and log as long as the stage says', () => {
  const of = (type: string, member: string) => [
    ...new Set(ofType(stage.service, type).map(([, { Properties }]) => JSON.stringify(Properties[member]))),
  ];

  expect(of('AWS::Lambda::Function', 'TracingConfig')).toEqual(['{"Mode":"Active"}']);
  expect(of('AWS::StepFunctions::StateMachine', 'TracingConfiguration')).toEqual(['{"Enabled":true}']);
  expect(of('AWS::ApiGateway::Stage', 'TracingEnabled')).toEqual(['true']);
  expect(of('AWS::Logs::LogGroup', 'RetentionInDays')).toEqual(['365']);
});

test('there is one dashboard, which shows what becomes of writes, of operations and of partners', () => {
  const [[, dashboard] = []] = ofType(stage.service, 'AWS::CloudWatch::Dashboard');
  const body = JSON.stringify(dashboard?.Properties.DashboardBody);
  const { METRIC_NAMESPACE: _, ...counted } = metricNames;

  expect(dashboard?.Properties.DashboardName).toBe('holdfast-production');
  expect(Object.values(counted).filter((name) => !body.includes(name))).toEqual([]);
});

// What a stage without a canary is for is to be deployed at once.
test('a stage without a canary moves its aliases at once', async () => {
  const { service } = await synthesizeStage('dev');
  const types = new Set(Object.values(service).map(({ Type }) => Type));

  expect([...types].filter((type) => type.startsWith('AWS::CodeDeploy'))).toEqual([]);
  expect(ofType(service, 'AWS::Lambda::Alias').length).toBeGreaterThan(10);
});

test('the step function is called by the version that an execution began with, which is kept', () => {
  const [[, machine] = []] = ofType(stage.service, 'AWS::StepFunctions::StateMachine');
  const [version = ''] = /operateFunctionCurrentVersion\w+/.exec(JSON.stringify(machine?.Properties)) ?? [];

  expect(stage.service[version]).toMatchObject({ Type: 'AWS::Lambda::Version', DeletionPolicy: 'Retain' });
});
