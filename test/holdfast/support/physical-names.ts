import type { StackTemplate } from '../../../lib/holdfast/cdk/templates/templates.ts';

/** Properties that name a resource in its account and region: of every type that has one, by the type. */
export const NAMES: Readonly<Record<string, string>> = {
  'AWS::ApiGateway::RestApi': 'Name',
  'AWS::CloudWatch::Alarm': 'AlarmName',
  'AWS::CloudWatch::Dashboard': 'DashboardName',
  'AWS::CodeDeploy::Application': 'ApplicationName',
  'AWS::Cognito::UserPool': 'UserPoolName',
  'AWS::Cognito::UserPoolDomain': 'Domain',
  'AWS::Cognito::UserPoolResourceServer': 'Identifier',
  'AWS::Logs::LogGroup': 'LogGroupName',
  'AWS::SecretsManager::Secret': 'Name',
  'AWS::SNS::Topic': 'DisplayName',
  'AWS::StepFunctions::StateMachine': 'StateMachineName',
};

/** CloudFormation makes up what is no text of ours: it is in no other stack. */
export const isGiven = (value: unknown) =>
  typeof value === 'string' || JSON.stringify(value ?? '').includes('Fn::Join');

/** Of all its stacks. */
export const resourcesOf = (stacks: readonly StackTemplate[]) =>
  stacks.flatMap(({ template }) => Object.values(template.Resources));

/** Every name that the stacks of a service take in their account and region. */
export const namesOf = (stacks: readonly StackTemplate[]): string[] => [
  ...stacks.filter(({ parent }) => parent === undefined).map(({ name }) => `stack ${name}`),
  ...stacks.flatMap(({ template: { Outputs = {} } }) =>
    Object.values(Outputs).flatMap(({ Export }) => (Export ? [`export ${JSON.stringify(Export.Name)}`] : [])),
  ),
  ...resourcesOf(stacks).flatMap(({ Type, Properties = {} }) => {
    const value = Properties[NAMES[Type] ?? ''];
    // A log group of the gateway has the API's own id in its name.
    return isGiven(value) && !JSON.stringify(value).includes('"Ref":"WriteApi')
      ? [`${Type} ${JSON.stringify(value)}`]
      : [];
  }),
  ...new Set(JSON.stringify(resourcesOf(stacks)).match(/"Namespace":"(?!AWS\/)[^"]+"/g) ?? []),
];
