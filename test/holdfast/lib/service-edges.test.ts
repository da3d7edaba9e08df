import { beforeAll, describe, expect, test } from '@jest/globals';
import type { StackTemplate, TemplateResource } from '../../../lib/holdfast/cdk/templates/templates.ts';
import { stageNames } from '../../../lib/holdfast/service/config.ts';
import { checkEdges, type Edge, readEdges } from '../../../lib/holdfast/template/service-edges.ts';
import { synthesizeStage } from '../support/templates.ts';

let production: readonly StackTemplate[];
beforeAll(async () => {
  production = (await synthesizeStage('production')).templates;
}, 60_000);

const refused = (edges: readonly Edge[]) => edges.filter(({ verdict }) => verdict !== 'allowed');

/** The templates with resources of one type changed, or taken away. */
const planted = (
  type: string,
  change: (properties: Record<string, unknown>, id: string) => Record<string, unknown> | undefined,
): readonly StackTemplate[] =>
  production.map(({ template, ...stack }) => ({
    ...stack,
    template: {
      ...template,
      Resources: Object.fromEntries(
        Object.entries(template.Resources).flatMap(([id, resource]): [string, TemplateResource][] => {
          if (resource.Type !== `AWS::${type}`) return [[id, resource]];
          const Properties = change(structuredClone({ ...resource.Properties }), id);
          return Properties === undefined ? [] : [[id, { ...resource, Properties }]];
        }),
      ),
    },
  }));

interface Document {
  Statement: Record<string, unknown>[];
}

/** A policy without the statements that the words of one name. */
const without = (properties: Record<string, unknown>, word: string) => {
  const { Statement, ...document } = properties.PolicyDocument as Document;
  const kept = Statement.filter((statement) => !JSON.stringify(statement).includes(word));
  return { ...properties, PolicyDocument: { ...document, Statement: kept } };
};

const denying = (properties: Record<string, unknown>, denied: Record<string, unknown>) => {
  const { Statement, ...document } = properties.PolicyDocument as Document;
  const statement = { Effect: 'Deny', Principal: '*', Resource: '*', ...denied };
  return { ...properties, PolicyDocument: { ...document, Statement: [...Statement, statement] } };
};

describe('every call that one service of AWS makes of another', () => {
  test.each(stageNames)(
    'is allowed by the policies of both on stage %s',
    async (stage) => {
      const { templates } = await synthesizeStage(stage);

      const edges = readEdges(templates);

      expect(refused(edges)).toEqual([]);
      expect(edges.length).toBeGreaterThan(100);
    },
    60_000,
  );

  test('A1: of an alarm that tells its topic is looked at, for every alarm there is', () => {
    const alarms = production.flatMap(({ template }) =>
      Object.values(template.Resources).filter(({ Type }) => Type === 'AWS::CloudWatch::Alarm'),
    );

    const told = readEdges(production).filter(({ asks }) =>
      asks.startsWith('cloudwatch.amazonaws.com: sns:Publish'),
    );

    expect(alarms.length).toBeGreaterThan(30);
    expect(told).toHaveLength(alarms.length);
  });

  test('A1: is refused where a topic has a policy that does not name the alarms', () => {
    const silent = planted('SNS::TopicPolicy', (properties) => without(properties, 'cloudwatch'));

    const found = refused(readEdges(silent));

    expect(new Set(found.map(({ verdict }) => verdict))).toEqual(new Set(['not allowed']));
    expect(new Set(found.map(({ place }) => place.split(' ')[1]))).toEqual(new Set(['AlarmActions[]']));
    expect(() => checkEdges(silent)).toThrow(
      /Alarmoverdue.*cloudwatch\.amazonaws\.com: sns:Publish .* is not allowed/,
    );
  });

  test.each<[string, () => readonly StackTemplate[], RegExp]>([
    [
      'an alarm, by the topic of another stage',
      () =>
        planted('SNS::TopicPolicy', (properties) =>
          JSON.parse(JSON.stringify(properties).replaceAll('holdfast-production-*', 'holdfast-staging-*')),
        ),
      /^cloudwatch\.amazonaws\.com: sns:Publish/,
    ],
    [
      'a rule, by a function without a permission for it',
      () =>
        planted('Lambda::Permission', (each) =>
          each.Principal === 'events.amazonaws.com' ? undefined : each,
        ),
      /^events\.amazonaws\.com: lambda:InvokeFunction/,
    ],
    [
      'a rule, by a permission for another rule',
      () =>
        planted('Lambda::Permission', (each) =>
          each.Principal === 'events.amazonaws.com'
            ? { ...each, SourceArn: 'arn:aws:events:*:*:rule/other' }
            : each,
        ),
      /^events\.amazonaws\.com: lambda:InvokeFunction/,
    ],
    [
      'a route, by a permission for another method',
      () =>
        planted('Lambda::Permission', (each) =>
          JSON.parse(JSON.stringify(each).replaceAll('/POST/', '/PUT/')),
        ),
      /^apigateway\.amazonaws\.com: lambda:InvokeFunction/,
    ],
    [
      'a route, by a permission of the function that does not name its alias',
      () =>
        planted('Lambda::Permission', (each) =>
          JSON.stringify(each.FunctionName).includes('approve') ? { ...each, FunctionName: 'approve' } : each,
        ),
      /^apigateway\.amazonaws\.com: lambda:InvokeFunction .*approve/,
    ],
    [
      'the gateway’s log, by a role that nobody but Lambda may take',
      () =>
        planted('IAM::Role', (properties, id) =>
          id.startsWith('WriteApiCloudWatchRole')
            ? JSON.parse(JSON.stringify(properties).replaceAll('apigateway.amazonaws', 'lambda.amazonaws'))
            : properties,
        ),
      /^apigateway\.amazonaws\.com: sts:AssumeRole/,
    ],
    [
      'a state machine, by the trust of its role in another account',
      () =>
        planted('IAM::Role', (properties, id) =>
          id.includes('StateMachineRole')
            ? JSON.parse(JSON.stringify(properties).replaceAll('{"Ref":"AWS::AccountId"}', '"111122223333"'))
            : properties,
        ),
      /^states\.amazonaws\.com: sts:AssumeRole/,
    ],
    [
      'a queue’s consumer, by a role without what Lambda asks',
      () => planted('IAM::Policy', (properties) => without(properties, 'sqs:ReceiveMessage')),
      / sqs:(ReceiveMessage|DeleteMessage|GetQueueAttributes) on /,
    ],
    [
      'a stream’s follower, by a role without what Lambda asks',
      () => planted('IAM::Policy', (properties) => without(properties, 'dynamodb:GetRecords')),
      / dynamodb:(DescribeStream|GetRecords|GetShardIterator|ListStreams) on /,
    ],
    [
      'a state machine’s command, by a queue that denies everybody',
      () => planted('SQS::QueuePolicy', (properties) => denying(properties, { Action: 'sqs:SendMessage' })),
      /sqs:SendMessage/,
    ],
    [
      'a state machine’s log, outside the groups that it may write without a policy',
      () =>
        planted('Logs::LogGroup', (properties) =>
          JSON.parse(JSON.stringify(properties).replaceAll('/aws/vendedlogs/', '/other/')),
        ),
      /^delivery\.logs\.amazonaws\.com/,
    ],
    [
      'a dead-letter queue that names its sources',
      () =>
        planted('SQS::Queue', (properties) => ({
          ...properties,
          RedriveAllowPolicy: { redrivePermission: 'denyAll' },
        })),
      /^sqs: sets messages aside/,
    ],
  ])('is refused of %s', (_, templates, asks) => {
    const found = refused(readEdges(templates()));

    expect(found.length).toBeGreaterThan(0);
    expect(found.filter((edge) => !asks.test(edge.asks))).toEqual([]);
  });

  test.each<[string, () => readonly StackTemplate[], string]>([
    [
      'an action that no rule is about',
      () =>
        planted('CloudWatch::Alarm', ({ AlarmActions, ...more }) => ({ ...more, OKActions: AlarmActions })),
      "a reference of kind 'CloudWatch::Alarm OKActions[] SNS::Topic' is not known",
    ],
    [
      'a target of another type',
      () => {
        const queue = production
          .flatMap(({ template }) => Object.entries(template.Resources))
          .find(([, { Type }]) => Type === 'AWS::SQS::Queue')?.[0];
        return planted('Events::Rule', (rule) => ({
          ...rule,
          Targets: [{ Arn: { 'Fn::GetAtt': [queue, 'Arn'] } }],
        }));
      },
      "a reference of kind 'Events::Rule Targets[].Arn SQS::Queue' is not known",
    ],
    [
      'a key',
      () =>
        planted('SQS::Queue', (properties) => ({
          ...properties,
          KmsMasterKeyId: { Ref: 'AlarmsTopic3A2DFEBA' },
        })),
      "a reference of kind 'SQS::Queue KmsMasterKeyId SNS::Topic' is not known",
    ],
  ])('is known by its kind: %s is refused unread', (_, templates, message) => {
    const read = () => readEdges(templates());

    expect(read).toThrow(message);
  });
});
