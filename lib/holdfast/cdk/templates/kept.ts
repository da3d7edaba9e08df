import { type CfnDeletionPolicy, CfnOutput, CfnResource } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { CloudFormationTemplate } from './templates.ts';

/** Part of a deployed template that the release gives up, and that stays for one deployment more. */
export type Kept = Pick<CloudFormationTemplate, 'Resources' | 'Outputs'>;

/**
 * Puts it into the stack of a scope as it stands: what the deployed service still goes by is there beside what the next one will, so that
 * the service can go from one to the other.
 */
export function keepDeployed(scope: Construct, { Resources, Outputs = {} }: Kept): void {
  for (const [id, resource] of Object.entries(Resources)) {
    const { Type: type, Properties: properties = {}, DeletionPolicy, UpdateReplacePolicy } = resource;
    const kept = new CfnResource(scope, `kept-${id}`, { type, properties: { ...properties } });
    kept.overrideLogicalId(id);
    kept.cfnOptions.deletionPolicy = DeletionPolicy as CfnDeletionPolicy;
    kept.cfnOptions.updateReplacePolicy = UpdateReplacePolicy as CfnDeletionPolicy;
    if (resource.DependsOn !== undefined) kept.addOverride('DependsOn', resource.DependsOn);
  }
  for (const [id, { Value, Export }] of Object.entries(Outputs)) {
    const kept = new CfnOutput(scope, `kept-${id}`, { value: '-' });
    kept.overrideLogicalId(id);
    // As they stand: a value is an intrinsic function of the deployed template.
    kept.value = Value as string;
    if (Export !== undefined) kept.exportName = Export.Name as string;
  }
}
