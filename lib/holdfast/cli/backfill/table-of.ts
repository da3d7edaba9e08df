import { namePrefixOf } from '../../service/define-service.ts';
import { service } from '../../service/project.ts';
import type { DeployedStack } from '../account/deployed.ts';

/** The table of resources of a stage that is deployed; undefined where it is not. */
export const tableOf = (deployed: readonly DeployedStack[]): string | undefined =>
  deployed
    .flatMap(({ resources }) => resources)
    .find(({ logicalId, type }) => logicalId === 'RecordsTable' && type === 'AWS::DynamoDB::GlobalTable')
    ?.physicalId;

/** The names of a stage's stacks, that of its tables first. */
export const stacksOf = (stage: string): readonly [state: string, service: string] => {
  const prefix = namePrefixOf(stage, service);
  return [`${prefix}-state`, `${prefix}-service`];
};
