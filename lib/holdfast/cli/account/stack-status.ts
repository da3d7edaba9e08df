import type { DeployedStack } from './deployed.ts';

/** Of a stack that was never made whole: the CDK CLI deletes it, and makes it anew. */
const NEVER_MADE = ['ROLLBACK_COMPLETE', 'ROLLBACK_FAILED', 'REVIEW_IN_PROGRESS'];

/** Whether a stack has been made, so that something may go by it. */
export const standing = ({ status }: DeployedStack): boolean => !NEVER_MADE.includes(status);

/**
 * Why nothing may be deployed over a stack as it is: one sentence, with the remedy.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html
 */
export function stuck(stack: DeployedStack): readonly string[] {
  const { name, status } = stack;
  const again = 'then deploy again';
  switch (status) {
    case 'ROLLBACK_FAILED':
      return orphaned(stack);
    case 'UPDATE_ROLLBACK_FAILED':
      return [
        `stack ${name} is ${status}: it could not be rolled back; fix what its events name, then npx cdk rollback ${name}, ${again}`,
      ];
    case 'CREATE_FAILED':
    case 'UPDATE_FAILED':
      return [`stack ${name} is ${status}, half of it made; npx cdk rollback ${name}, ${again}`];
    case 'DELETE_FAILED':
      return [
        `stack ${name} is ${status}: ${listed(stack, 'DELETE_FAILED')} could not be deleted; fix what its events name, npm run destroy once more, ${again}`,
      ];
    default:
      return status.endsWith('_IN_PROGRESS') && status !== 'REVIEW_IN_PROGRESS'
        ? [`stack ${name} is ${status}; wait until it has come to an end, ${again}`]
        : [];
  }
}

/** The next deployment would delete the stack, and what it retains would be nobody's. */
function orphaned(stack: DeployedStack): readonly string[] {
  const left = stack.resources.filter(({ status }) => status !== 'DELETE_COMPLETE');
  const protections = left.flatMap(({ type, physicalId }) => PROTECTED[type]?.(physicalId) ?? []);
  return [
    [
      `stack ${stack.name} is ROLLBACK_FAILED: its first deployment failed, and ${listed(stack)} could not be rolled back; nothing has ever been written there, so delete it, ${'then the stack, and deploy again'}:`,
      ...protections.map((line) => `  ${line}`),
      `  aws cloudformation delete-stack --stack-name ${stack.name}`,
    ].join('\n'),
  ];
}

const listed = ({ resources }: DeployedStack, status?: string) =>
  resources
    .filter((each) => (status === undefined ? each.status !== 'DELETE_COMPLETE' : each.status === status))
    .map(({ type, physicalId, logicalId }) => `${type} ${physicalId || logicalId}`)
    .join(', ') || 'something';

/** What takes a protected resource away. */
const PROTECTED: Readonly<Record<string, (physicalId: string) => readonly string[]>> = {
  'AWS::DynamoDB::GlobalTable': (name) => [
    `aws dynamodb update-table --table-name ${name} --no-deletion-protection-enabled`,
    `aws dynamodb delete-table --table-name ${name}`,
  ],
  'AWS::Cognito::UserPool': (id) => [
    `aws cognito-idp update-user-pool --user-pool-id ${id} --deletion-protection INACTIVE`,
    `aws cognito-idp delete-user-pool --user-pool-id ${id}`,
  ],
  'AWS::SecretsManager::Secret': (id) => [
    `aws secretsmanager delete-secret --secret-id ${id} --force-delete-without-recovery`,
  ],
};
