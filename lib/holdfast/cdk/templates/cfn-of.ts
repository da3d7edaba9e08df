import type { CfnResource } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * The CloudFormation resource that a construct makes, for what the construct itself has no word for.
 * @throws Error where it makes one of another kind
 */
export function cfnOf<T extends CfnResource>(
  { node }: IConstruct,
  kind: abstract new (...args: never[]) => T,
): T {
  const { defaultChild } = node;
  if (defaultChild instanceof kind) return defaultChild;
  throw new Error(`${node.path} makes no ${kind.name}`);
}
