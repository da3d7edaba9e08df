import type { AccessRequest, Verdict } from './policy-evaluation.ts';
import type { Policies } from './resource-policies.ts';
import { ACCOUNT, REGION, type ResolvedResource } from './template.ts';

/** The templates' resources, with every intrinsic function resolved. */
export interface Resources {
  of(type: string): readonly ResolvedResource[];
  /** @param type of the resource. @default a function */
  get(id: string, type?: string): ResolvedResource;
  /** Full path of each resource of the API, by its id. */
  paths(): ReadonlyMap<string, string>;
}

/** One reference with both its ends resolved, and whom to ask. */
export interface Ends {
  readonly from: ResolvedResource;
  readonly to: ResolvedResource;
  readonly resources: Resources;
  readonly policies: Policies;
}

/** Who asks what of whom, and what the policies say to it. */
export type Asked = readonly [asks: string, verdict: Verdict];

/** What a reference has AWS do. */
export type Rule = (ends: Ends) => readonly Asked[];

/** Names another resource, and has nobody call it. */
export const NO_CALL: Rule = () => [];

const arnOf = (service: string, rest: string) => `arn:aws:${service}:${REGION}:${ACCOUNT}:${rest}`;
const functionArn = (name: unknown) =>
  String(name).startsWith('arn:') ? String(name) : arnOf('lambda', `function:${name}`);
const queueArn = ({ logicalId }: ResolvedResource) => arnOf('sqs', logicalId);
const streamOf = ({ logicalId }: ResolvedResource) => arnOf('dynamodb', `table/${logicalId}/stream/local`);
const logStream = ({ logicalId }: ResolvedResource) => arnOf('logs', `log-group:${logicalId}:log-stream:any`);

/** A service calls by the policy of what it calls. */
const service = (principal: string, { policies }: Ends, request: AccessRequest): Asked => [
  `${principal}: ${request.action} on ${request.resource}`,
  policies.ofResource({ ...request, principal }),
];

/** A service takes a role, and calls by what the role may do. */
const role = (
  arn: unknown,
  { policies }: Ends,
  actions: readonly string[],
  resource: string,
): readonly Asked[] =>
  actions.map((action) => [`${arn}: ${action} on ${resource}`, policies.ofRole(arn, { action, resource })]);

/** @param source ARN of the resource that the service takes the role for, where the service says */
const trusted =
  (principal: string, source?: (from: ResolvedResource) => string): Rule =>
  ({ from, to, policies }) => [
    [
      `${principal}: sts:AssumeRole on ${to.logicalId}`,
      policies.ofTrust(to.logicalId, {
        principal,
        ...(source && { sourceArn: source(from), sourceAccount: ACCOUNT }),
      }),
    ],
  ];

/** Lambda reads for a function what it follows, by the function's own role. */
const byFunction =
  (actions: readonly string[], target: (to: ResolvedResource) => string): Rule =>
  (ends) => {
    const [, id = ''] = /(?:function:)?([^:]+)$/.exec(String(ends.from.properties.FunctionName)) ?? [];
    return role(ends.resources.get(id).properties.Role, ends, actions, target(ends.to));
  };

const byOwnRole =
  (member: string, actions: readonly string[], target: (to: ResolvedResource) => string): Rule =>
  (ends) =>
    role(ends.from.properties[member], ends, actions, target(ends.to));

const logged = ['logs:CreateLogStream', 'logs:PutLogEvents'];

/** The gateway writes its logs by the one role that an account has for it. */
const byGateway: Rule = (ends) => {
  const group = [ends.from, ends.to].find(({ type }) => type === 'AWS::Logs::LogGroup') ?? ends.to;
  return ends.resources
    .of('AWS::ApiGateway::Account')
    .flatMap(({ properties }) => role(properties.CloudWatchRoleArn, ends, logged, logStream(group)));
};

/** The gateway calls for one method and path of a stage; a path parameter may be anything. */
const byMethod: Rule = (ends) => {
  const { RestApiId, ResourceId, HttpMethod, Integration } = ends.from.properties;
  const path = ends.resources.paths().get(String(ResourceId)) ?? '/';
  const [stage] = ends.resources.of('AWS::ApiGateway::Stage');
  const route = `${stage?.properties.StageName}/${HttpMethod}${path.replaceAll(/\{[^}]*\}/g, 'any')}`;
  return [gatewayCall(ends, Integration?.Uri, `${RestApiId}/${route}`)];
};

const byAuthorizer: Rule = (ends) => {
  const { logicalId, properties } = ends.from;
  return [gatewayCall(ends, properties.AuthorizerUri, `${properties.RestApiId}/authorizers/${logicalId}`)];
};

const gatewayCall = (ends: Ends, uri: unknown, source: string): Asked => {
  const [, resource = ''] = /functions\/(arn:.*)\/invocations$/.exec(String(uri)) ?? [];
  const request = { action: 'lambda:InvokeFunction', resource, sourceArn: arnOf('execute-api', source) };
  return service('apigateway.amazonaws.com', ends, request);
};

/**
 * Step Functions delivers logs by CloudWatch's vended deliveries: to a group of this name by a policy that the account
 * has of itself, to any other by one of the ten that an account may have.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html
 */
const byDelivery: Rule = (ends) => [
  ...role(
    ends.from.properties.RoleArn,
    ends,
    [
      'CreateLogDelivery',
      'GetLogDelivery',
      'UpdateLogDelivery',
      'DeleteLogDelivery',
      'ListLogDeliveries',
      'PutResourcePolicy',
      'DescribeResourcePolicies',
      'DescribeLogGroups',
    ].map((action) => `logs:${action}`),
    '*',
  ),
  [
    `delivery.logs.amazonaws.com: logs:PutLogEvents on ${ends.to.logicalId}`,
    String(ends.to.properties.LogGroupName).startsWith('/aws/vendedlogs/') ? 'allowed' : 'not allowed',
  ],
];

/**
 * What each kind of reference has AWS do: by the type that refers, the place, and the type that is referred to. A kind
 * that is not here is refused, so that none is forgotten.
 */
export const RULES: Readonly<Record<string, Rule>> = {
  'CloudWatch::Alarm AlarmActions[] SNS::Topic': (ends) => [
    service('cloudwatch.amazonaws.com', ends, {
      action: 'sns:Publish',
      resource: arnOf('sns', ends.to.logicalId),
      sourceArn: arnOf('cloudwatch', `alarm:${ends.from.properties.AlarmName}`),
    }),
  ],
  // The owner of an address or an endpoint confirms it; no policy has a say.
  'SNS::Subscription TopicArn SNS::Topic': ({ from }) => [
    [
      `sns: ${from.properties.Protocol} to ${from.properties.Endpoint}`,
      ['email', 'email-json', 'https'].includes(String(from.properties.Protocol)) ? 'allowed' : 'not allowed',
    ],
  ],
  'Events::Rule Targets[].Arn Lambda::Function': (ends) => [
    service('events.amazonaws.com', ends, {
      action: 'lambda:InvokeFunction',
      resource: functionArn(ends.to.logicalId),
      sourceArn: arnOf('events', `rule/${ends.from.logicalId}`),
    }),
  ],
  'ApiGateway::Method Integration.Uri Lambda::Alias': byMethod,
  'ApiGateway::Authorizer AuthorizerUri Lambda::Alias': byAuthorizer,
  'ApiGateway::Account CloudWatchRoleArn IAM::Role': trusted('apigateway.amazonaws.com'),
  'ApiGateway::Stage AccessLogSetting.DestinationArn Logs::LogGroup': byGateway,
  'Logs::LogGroup LogGroupName ApiGateway::RestApi': byGateway,
  'Lambda::Function Role IAM::Role': trusted('lambda.amazonaws.com'),
  'Lambda::Function LoggingConfig.LogGroup Logs::LogGroup': byOwnRole('Role', logged, logStream),
  // @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
  'Lambda::EventSourceMapping EventSourceArn SQS::Queue': byFunction(
    ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
    queueArn,
  ),
  // @see https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-eventsourcemapping.html
  'Lambda::EventSourceMapping EventSourceArn DynamoDB::GlobalTable': byFunction(
    ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:ListStreams'],
    streamOf,
  ),
  'Lambda::EventSourceMapping DestinationConfig.OnFailure.Destination SQS::Queue': byFunction(
    ['sqs:SendMessage'],
    queueArn,
  ),
  'StepFunctions::StateMachine RoleArn IAM::Role': trusted('states.amazonaws.com', ({ properties }) =>
    arnOf('states', `stateMachine:${properties.StateMachineName}`),
  ),
  'StepFunctions::StateMachine DefinitionString Lambda::Version': byOwnRole(
    'RoleArn',
    ['lambda:InvokeFunction'],
    (to) => `${functionArn(to.properties.FunctionName)}:1`,
  ),
  'StepFunctions::StateMachine DefinitionString SQS::Queue': byOwnRole(
    'RoleArn',
    ['sqs:SendMessage'],
    queueArn,
  ),
  'StepFunctions::StateMachine LoggingConfiguration.Destinations[].CloudWatchLogsLogGroup.LogGroupArn Logs::LogGroup':
    byDelivery,
  'CodeDeploy::DeploymentGroup ServiceRoleArn IAM::Role': trusted('codedeploy.amazonaws.com'),
  'CodeDeploy::DeploymentGroup AlarmConfiguration.Alarms[].Name CloudWatch::Alarm': byOwnRole(
    'ServiceRoleArn',
    ['cloudwatch:DescribeAlarms'],
    (to) => arnOf('cloudwatch', `alarm:${to.properties.AlarmName}`),
  ),
  'Lambda::Alias UpdatePolicy.CodeDeployLambdaAliasUpdate.DeploymentGroupName CodeDeploy::DeploymentGroup': (
    ends,
  ) =>
    role(
      ends.to.properties.ServiceRoleArn,
      ends,
      ['lambda:GetAlias', 'lambda:UpdateAlias'],
      `${functionArn(ends.from.properties.FunctionName)}:${ends.from.properties.Name}`,
    ),
  // SQS moves a message itself, unless the queue that it goes to names those that may.
  'SQS::Queue RedrivePolicy.deadLetterTargetArn SQS::Queue': ({ to }) => [
    [
      `sqs: sets messages aside in ${to.logicalId}`,
      to.properties.RedriveAllowPolicy === undefined ? 'allowed' : 'not allowed',
    ],
  ],
};

/** References that have nobody call anybody: names, parts, and what a role's own policy is about. */
export const NAMES: readonly RegExp[] = [
  /^ApiGateway::\w+ (RestApiId|ResourceId|ParentId|DeploymentId|AuthorizerId) ApiGateway::/,
  /^CloudFormation::Stack Parameters\.\w+ /,
  /^CloudWatch::Alarm (AlarmName|.*Dimensions\[\]\.Value) /,
  /^CloudWatch::Dashboard DashboardBody /,
  /^CodeDeploy::DeploymentGroup ApplicationName /,
  /^Cognito::\w+ \S+ Cognito::/,
  /^IAM::Policy (Roles\[\]|PolicyDocument\.\S+) /,
  /^(SNS::TopicPolicy|SQS::QueuePolicy) (Topics\[\]|Queues\[\]|PolicyDocument\.\S+) /,
  /^Lambda::Alias (FunctionName|FunctionVersion|UpdatePolicy\.CodeDeployLambdaAliasUpdate\.ApplicationName) /,
  /^Lambda::EventSourceMapping FunctionName /,
  // What a function does with what its environment names is asked of its role, call by call: `Access`.
  /^Lambda::Function Environment\.Variables\.\w+ /,
  /^Lambda::Permission (FunctionName|SourceArn) /,
  /^Lambda::Version FunctionName /,
];
