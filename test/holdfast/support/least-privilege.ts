import type { StackTemplate } from '../../../lib/holdfast/cdk/templates/templates.ts';
import type { SecretLabel } from '../../../lib/holdfast/local/partners/made-up-secrets.ts';
import { type Role, readRoles, roleIdOf, type Statement } from '../../../lib/holdfast/template/roles.ts';
import { resolveResources, secretArn } from '../../../lib/holdfast/template/template.ts';

/** Actions whose only resource is `*`, and why: anything else is granted on what it touches. */
export const WITHOUT_RESOURCE: Readonly<Record<string, string>> = {
  'xray:PutTraceSegments': 'a segment belongs to no resource; X-Ray defines no resource type for it',
  'xray:PutTelemetryRecords': 'as xray:PutTraceSegments',
  'xray:GetSamplingRules': 'sampling rules are read for the whole account',
  'xray:GetSamplingTargets': 'as xray:GetSamplingRules',
  'logs:CreateLogDelivery':
    'Step Functions delivers its logs by vended deliveries, which have no resource type',
  'logs:GetLogDelivery': 'as logs:CreateLogDelivery',
  'logs:UpdateLogDelivery': 'as logs:CreateLogDelivery',
  'logs:DeleteLogDelivery': 'as logs:CreateLogDelivery',
  'logs:ListLogDeliveries': 'as logs:CreateLogDelivery',
  'logs:PutResourcePolicy': 'resource policies of CloudWatch Logs belong to the account',
  'logs:DescribeResourcePolicies': 'as logs:PutResourcePolicy',
  'logs:DescribeLogGroups': 'log groups are listed for the whole account',
};

/**
 * What each role may do, by whose it is, as sentences: `dynamodb:GetItem on table/RecordsTable, keys payouts#*`. Names
 * of resources are those of whom they serve, whatever their logical ids.
 */
export function grantsOf(stacks: readonly StackTemplate[]): Readonly<Record<string, readonly string[]>> {
  const names = namesOf(stacks);
  return Object.fromEntries(
    [...readRoles(stacks).values()].map((role) => [
      names.get(role.logicalId) ?? `role ${role.logicalId}`,
      [...new Set([...role.statements.flatMap((each) => sentences(each, names)), ...managed(role)])].sort(),
    ]),
  );
}

/** Every privilege that is too many or too few, and every wildcard, each as a sentence; none when all is as expected. */
export function privilegeFaults(
  stacks: readonly StackTemplate[],
  expected: Readonly<Record<string, readonly string[]>>,
): readonly string[] {
  const granted = grantsOf(stacks);
  const names = namesOf(stacks);
  const owners = [...new Set([...Object.keys(granted), ...Object.keys(expected)])];
  const wrong = owners.flatMap((owner) => {
    const [has, needs] = [granted[owner] ?? [], expected[owner] ?? []];
    return [
      ...has
        .filter((grant) => !needs.includes(grant))
        .map((grant) => `${owner} may, and needs not: ${grant}`),
      ...needs
        .filter((grant) => !has.includes(grant))
        .map((grant) => `${owner} needs, and may not: ${grant}`),
    ];
  });
  const wild = [...readRoles(stacks).values()].flatMap((role) =>
    role.statements.flatMap((statement) =>
      wildcards(statement).map((fault) => `${names.get(role.logicalId) ?? role.logicalId}: ${fault}`),
    ),
  );
  return [...wild, ...wrong];
}

function wildcards({ effect, actions, resources }: Statement): readonly string[] {
  if (effect === 'Deny') return [];
  return [
    ...actions
      .filter((action) => action.includes('*'))
      .map((action) => `${action} is a wildcard; name actions`),
    ...(resources.includes('*') ? actions.filter((action) => !(action in WITHOUT_RESOURCE)) : []).map(
      (action) => `${action} on every resource there is; name those it needs`,
    ),
  ];
}

const managed = ({ managedPolicies }: Role) => managedPolicies.map((arn) => `everything in ${arn}`);

function sentences(
  { effect, actions, resources, conditions }: Statement,
  names: ReadonlyMap<string, string>,
): readonly string[] {
  const denied = effect === 'Deny' ? 'never ' : '';
  return actions.flatMap((action) =>
    resources.flatMap((resource) =>
      keysOf(conditions).map((keys) => `${denied}${action} on ${placeOf(resource, names)}${keys}`),
    ),
  );
}

/** The keys that a statement is bound to. Without the twin, a request that names no key satisfies the condition too. */
function keysOf({ Null, ...others }: Statement['conditions']): readonly string[] {
  const { 'ForAllValues:StringLike': like, ...rest } = others;
  const keys = like?.['dynamodb:LeadingKeys'];
  const bound = JSON.stringify(Null) === '{"dynamodb:LeadingKeys":["false"]}';
  if (keys === undefined || Object.keys(rest).length > 0 || Object.keys(like ?? {}).length > 1) {
    const conditions = { ...others, ...(Null && { Null }) };
    return [Object.keys(conditions).length === 0 ? '' : `, if ${JSON.stringify(conditions)}`];
  }
  return keys.map((key) => `, keys ${key}${bound ? '' : ' or none'}`);
}

const placeOf = (arn: string, names: ReadonlyMap<string, string>): string => {
  const name = names.get(arn);
  if (name !== undefined) return name;
  // A function's ARN with a qualifier after it.
  const unqualified = arn.endsWith(':*') && names.get(arn.slice(0, -2));
  if (unqualified) return `${unqualified}:*`;
  return arn.startsWith('arn:') ? arn.split(':').slice(5).join(':') : arn;
};

/** Names of roles by logical id, and of functions, queues and logs by ARN: those of the function that they serve. */
function namesOf(stacks: readonly StackTemplate[]): ReadonlyMap<string, string> {
  const of = (type: string) => resolveResources(stacks, [type]);
  const functions = of('AWS::Lambda::Function').map(({ logicalId, properties, metadata }) => ({
    logicalId,
    properties,
    name: (metadata.holdfast as { readonly name: string } | undefined)?.name ?? logicalId,
  }));
  const byId = new Map(functions.map(({ logicalId, name }) => [logicalId, name]));
  const arn = (service: string, rest: string) => `arn:aws:${service}:us-east-1:000000000000:${rest}`;
  return new Map([
    ...functions.flatMap(({ logicalId, properties, name }): [string, string][] => {
      const { LogGroup } = (properties.LoggingConfig ?? {}) as { readonly LogGroup?: string };
      return [
        [roleIdOf(properties.Role), name],
        [arn('lambda', `function:${logicalId}`), `function ${name}`],
        [arn('logs', `log-group:${LogGroup}:*`), `log of ${name}`],
      ];
    }),
    ...of('AWS::SecretsManager::Secret').flatMap(
      ({ logicalId, properties, metadata }): [string, string][] => {
        const { partner, use } = metadata.holdfast as SecretLabel;
        const name = String(properties.Name ?? logicalId);
        const own = `${use} of ${partner}`;
        // By its ARN, or by its name and whatever six characters come after it.
        return [secretArn(name), secretArn(name).replace(/-[^-]{6}$/, '-??????')].map((arn) => [arn, own]);
      },
    ),
    ...of('AWS::StepFunctions::StateMachine').map(({ properties }): [string, string] => [
      roleIdOf(properties.RoleArn),
      `state machine ${properties.StateMachineName}`,
    ]),
    ...of('AWS::Lambda::EventSourceMapping').flatMap(({ properties }): [string, string][] => {
      const { EventSourceArn, FunctionName, DestinationConfig } = properties;
      const id = /function:([^:]+)/.exec(String(FunctionName))?.[1] ?? String(FunctionName);
      const name = byId.get(id) ?? id;
      const { OnFailure } = (DestinationConfig ?? {}) as { readonly OnFailure?: { Destination: string } };
      return [
        ...(String(EventSourceArn).includes(':sqs:')
          ? ([[String(EventSourceArn), `queue of ${name}`]] as [string, string][])
          : []),
        ...(OnFailure ? ([[OnFailure.Destination, `failures of ${name}`]] as [string, string][]) : []),
      ];
    }),
  ]);
}
