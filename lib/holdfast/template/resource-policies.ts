import type { StackTemplate } from '../cdk/templates/templates.ts';
import { type AccessRequest, policyEvaluation, type Verdict } from './policy-evaluation.ts';
import { readResourceStatements, readRoles, roleIdOf, type Statement } from './roles.ts';
import { ACCOUNT, REGION, type ResolvedResource, resolveResources } from './template.ts';

/** Policies that are attached to resources by resources of their own: ARNs of what each is attached to. */
const ATTACHED: Readonly<Record<string, (properties: ResolvedResource['properties']) => readonly string[]>> =
  {
    'AWS::SNS::TopicPolicy': ({ Topics = [] }) => Topics,
    'AWS::SQS::QueuePolicy': ({ Queues = [] }) =>
      Queues.map((url) => `arn:aws:sqs:${REGION}:${ACCOUNT}:${url.split('/').at(-1)}`),
  };

/**
 * What a service allows to itself, where nobody attaches a policy: a topic is its account's.
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html
 */
const UNATTACHED: Readonly<Record<string, Statement>> = {
  sns: {
    effect: 'Allow',
    principals: ['*'],
    actions: ['sns:*'],
    resources: ['*'],
    conditions: { StringEquals: { 'aws:SourceAccount': [ACCOUNT] } },
  },
};

const allow = (actions: readonly string[]): Statement => ({
  effect: 'Allow',
  actions,
  resources: ['*'],
  conditions: {},
});

/**
 * What policies that AWS keeps allow, as far as the templates lean on it.
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
 */
const KEPT_BY_AWS: Readonly<Record<string, Statement>> = {
  AmazonAPIGatewayPushToCloudWatchLogs: allow([
    'logs:CreateLogGroup',
    'logs:CreateLogStream',
    'logs:DescribeLogGroups',
    'logs:DescribeLogStreams',
    'logs:PutLogEvents',
    'logs:GetLogEvents',
    'logs:FilterLogEvents',
  ]),
  AWSCodeDeployRoleForLambdaLimited: allow([
    'cloudwatch:DescribeAlarms',
    'lambda:UpdateAlias',
    'lambda:GetAlias',
    'lambda:GetProvisionedConcurrencyConfig',
  ]),
};

type Ask = (request: AccessRequest) => Verdict;

/** The policies of roles and of resources in the templates, as AWS evaluates them within one account. */
export class Policies {
  readonly #identities: ReadonlyMap<string, Ask>;
  readonly #trust: ReadonlyMap<string, Ask>;
  readonly #attached = new Map<string, Ask>();

  /** @throws Error for a policy that cannot be read here: nothing that grants or denies is ever passed over */
  constructor(stacks: readonly StackTemplate[]) {
    const roles = [...readRoles(stacks).values()];
    this.#trust = new Map(roles.map(({ logicalId, trust }) => [logicalId, policyEvaluation(trust)]));
    this.#identities = new Map(
      roles.map(({ logicalId, statements, managedPolicies }) => {
        const kept = managedPolicies.map((arn) => KEPT_BY_AWS[arn.split('/').at(-1) ?? '']);
        const known = kept.filter((statement) => statement !== undefined);
        return [logicalId, policyEvaluation([...statements, ...known])];
      }),
    );
    const statements = [...attachedStatements(stacks), ...permissions(stacks)];
    for (const [arn, own] of Map.groupBy(statements, ([arn]) => arn))
      this.#attached.set(arn, policyEvaluation(own.map(([, statement]) => statement)));
  }

  /** Whether a service may do so by the policy of the resource. */
  ofResource(request: AccessRequest): Verdict {
    const { resource } = request;
    const asked = this.#attached.get(resource) ?? policyEvaluation(unattached(resource));
    return asked({ sourceAccount: ACCOUNT, secure: true, ...request });
  }

  /** Whether a service may take a role. */
  ofTrust(role: unknown, service: Pick<AccessRequest, 'principal' | 'sourceArn' | 'sourceAccount'>): Verdict {
    const id = roleIdOf(role);
    const request = { action: 'sts:AssumeRole', resource: `arn:aws:iam::${ACCOUNT}:role/${id}`, ...service };
    return this.#trust.get(id)?.(request) ?? 'not allowed';
  }

  /** Whether the holder of a role may do so: one of both policies allows it, and none denies it. */
  ofRole(role: unknown, request: AccessRequest): Verdict {
    const id = roleIdOf(role);
    const secured = { secure: true, ...request };
    const own = this.#identities.get(id)?.(secured) ?? 'not allowed';
    const theirs =
      this.#attached.get(request.resource)?.({
        ...secured,
        principal: `arn:aws:iam::${ACCOUNT}:role/${id}`,
      }) ?? 'not allowed';
    if (own === 'denied' || theirs === 'denied') return 'denied';
    return own === 'allowed' || theirs === 'allowed' ? 'allowed' : 'not allowed';
  }
}

const unattached = (arn: string): readonly Statement[] => {
  const statement = UNATTACHED[arn.split(':')[2] ?? ''];
  return statement === undefined ? [] : [statement];
};

function attachedStatements(stacks: readonly StackTemplate[]): readonly (readonly [string, Statement])[] {
  return resolveResources(stacks, Object.keys(ATTACHED)).flatMap(({ logicalId, type, properties }) =>
    (ATTACHED[type]?.(properties) ?? []).flatMap((arn) =>
      readResourceStatements(logicalId, properties.PolicyDocument, arn).map(
        (statement) => [arn, statement] as const,
      ),
    ),
  );
}

/** Lambda writes a function's policy itself, of its permissions; each is about the function, or the one alias it names. */
function permissions(stacks: readonly StackTemplate[]): readonly (readonly [string, Statement])[] {
  return resolveResources(stacks, ['AWS::Lambda::Permission']).map(({ properties }) => {
    const { FunctionName, Action, Principal, SourceArn, SourceAccount } = properties;
    const name = String(FunctionName);
    const arn = name.startsWith('arn:') ? name : `arn:aws:lambda:${REGION}:${ACCOUNT}:function:${name}`;
    return [
      arn,
      {
        effect: 'Allow',
        principals: [String(Principal)],
        actions: [String(Action)],
        resources: [arn],
        conditions: {
          ...(SourceArn !== undefined && { ArnLike: { 'aws:SourceArn': [String(SourceArn)] } }),
          ...(SourceAccount !== undefined && {
            StringEquals: { 'aws:SourceAccount': [String(SourceAccount)] },
          }),
        },
      },
    ];
  });
}
