import { removedRoutesOf } from '../../cdk/templates/removed-routes.ts';
import type { StackTemplate } from '../../cdk/templates/templates.ts';
import type { DeployedStack } from '../account/deployed.ts';
import { standing } from '../account/stack-status.ts';

/**
 * Logical ids of the methods that a release removes, and of those that an earlier one has removed and the API may still
 * have, because the deployment that was to make it forget them never came about.
 * @param service name of the service stack
 */
export function removedRoutes(
  service: string,
  {
    deployed,
    next,
  }: { readonly deployed: readonly DeployedStack[]; readonly next: readonly StackTemplate[] },
): readonly string[] {
  const stack = deployed.filter(standing).find(({ name }) => name === service);
  if (stack === undefined) return [];
  const stay = new Set(next.flatMap(({ template }) => Object.keys(template.Resources)));
  const methods = stack.resources
    .filter(({ type }) => type === 'AWS::ApiGateway::Method')
    .map(({ logicalId }) => logicalId);
  return [...new Set([...removedRoutesOf(stack.template), ...methods])].filter((id) => !stay.has(id));
}
