import type { StackTemplate } from '../cdk/templates/templates.ts';
import type { PolicyDocument } from './properties.ts';
import { ACCOUNT, resolveResources } from './template.ts';

/** One statement of a policy, its intrinsic functions resolved. */
export interface Statement {
  readonly effect: 'Allow' | 'Deny';
  readonly actions: readonly string[];
  /** Of a resource's policy: who it is about. @default whoever has the policy */
  readonly principals?: readonly string[];
  readonly resources: readonly string[];
  /** Values by operator and condition key. */
  readonly conditions: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

/** What whoever takes a role may do. */
export interface Role {
  readonly logicalId: string;
  readonly statements: readonly Statement[];
  /** Who may take it. */
  readonly trust: readonly Statement[];
  /** ARNs of policies that are not in the templates, so that nobody can read here what they allow. */
  readonly managedPolicies: readonly string[];
}

/** Policies that are resources of their own, and name the roles that have them. */
const POLICIES = ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy'];

/** Logical id of the role whose ARN a function or a state machine names. */
export const roleIdOf = (arn: unknown): string => String(arn).split('/').at(-1) ?? '';

/**
 * Every role of the templates with every policy it has, by logical id.
 * @throws Error for a policy of a form that is not read here: nothing that grants is ever passed over
 */
export function readRoles(stacks: readonly StackTemplate[]): ReadonlyMap<string, Role> {
  for (const { name, template } of stacks) {
    for (const [id, { Type }] of Object.entries(template.Resources)) {
      if (Type.startsWith('AWS::IAM::') && ![...POLICIES, 'AWS::IAM::Role'].includes(Type))
        throw new Error(`${name}/${id}: ${Type} is not read; grant by a role's policy`);
    }
  }
  const policies = resolveResources(stacks, POLICIES).map(({ logicalId, properties }) => ({
    roles: [properties.Roles ?? []].flat().map(roleIdOf),
    statements: readStatements(logicalId, properties.PolicyDocument),
  }));
  const roles = resolveResources(stacks, ['AWS::IAM::Role']).map(({ logicalId, properties }): Role => {
    const { AssumeRolePolicyDocument, Policies = [], ManagedPolicyArns = [] } = properties;
    return {
      logicalId,
      statements: [
        ...Policies.flatMap(({ PolicyDocument }) => readStatements(logicalId, PolicyDocument)),
        ...policies.flatMap(({ roles, statements }) => (roles.includes(logicalId) ? statements : [])),
      ],
      trust: AssumeRolePolicyDocument
        ? readResourceStatements(
            logicalId,
            AssumeRolePolicyDocument,
            `arn:aws:iam::${ACCOUNT}:role/${logicalId}`,
          )
        : [],
      managedPolicies: ManagedPolicyArns,
    };
  });
  return new Map(roles.map((role) => [role.logicalId, role]));
}

const list = (value: unknown): readonly string[] => [value].flat().map(String);

const statementsOf = ({ Statement }: PolicyDocument = { Statement: [] }) => [Statement].flat();

const readStatements = (place: string, policy: PolicyDocument | undefined): readonly Statement[] =>
  statementsOf(policy).map((statement) => readStatement(place, statement));

/**
 * The statements of a resource's policy, each with the principals that it is about.
 * @param resource ARN of what it is about, where a statement does not say, as in the trust policy of a role
 */
export const readResourceStatements = (
  place: string,
  policy: PolicyDocument | undefined,
  resource: string,
): readonly Statement[] =>
  statementsOf(policy).map(({ Principal, ...statement }) => ({
    ...readStatement(place, { Resource: resource, ...statement }),
    principals:
      typeof Principal === 'object' && Principal !== null
        ? Object.values(Principal).flatMap(list)
        : list(Principal),
  }));

function readStatement(place: string, statement: Readonly<Record<string, unknown>>): Statement {
  const { Sid: _, Effect, Action, Resource, Condition = {}, ...others } = statement;
  const [other] = Object.keys(others);
  if (other !== undefined)
    throw new Error(`${place}: a statement has ${other}; name what is allowed by Action and Resource`);
  return {
    effect: Effect === 'Deny' ? 'Deny' : 'Allow',
    actions: list(Action),
    resources: list(Resource),
    conditions: Object.fromEntries(
      Object.entries(Condition ?? {}).map(([operator, keys]) => [
        operator,
        Object.fromEntries(Object.entries(keys ?? {}).map(([key, values]) => [key, list(values)])),
      ]),
    ),
  };
}
