import { RemovalPolicy } from 'aws-cdk-lib';

/**
 * What holds data, or is still called, outlives its stack and its successor. It does not outlive the deployment that made
 * it: kept after a rollback, it would be an orphan under a name that nobody chose, or stand in the next try's way.
 * @see https://aws.amazon.com/about-aws/whats-new/2023/07/aws-cloudformation-deletion-policies-dev-test-cycle/
 */
export const retention = (retain: boolean): RemovalPolicy =>
  retain ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY;
