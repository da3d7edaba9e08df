import {
  type CloudFormationClient,
  CloudFormationServiceException,
  DescribeStacksCommand,
  GetTemplateCommand,
  paginateListImports,
  paginateListStackResources,
} from '@aws-sdk/client-cloudformation';
import type { StackTemplate } from '../../cdk/templates/templates.ts';

/** CloudFormation's answer about a stack that is not there. */
const isMissing = (error: unknown) =>
  error instanceof CloudFormationServiceException &&
  error.name === 'ValidationError' &&
  error.message.includes('does not exist');

const orNothing = <T>(answer: Promise<T>): Promise<T | undefined> =>
  answer.catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw error;
  });

/** Outputs of a deployed stack, by their names; undefined where it is not deployed. */
export async function deployedOutputs(
  client: CloudFormationClient,
  StackName: string,
): Promise<Readonly<Record<string, string>> | undefined> {
  const answer = await orNothing(client.send(new DescribeStacksCommand({ StackName })));
  const outputs = answer?.Stacks?.[0]?.Outputs;
  return (
    outputs &&
    Object.fromEntries(outputs.map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]))
  );
}

/** A stack that the account knows. */
export interface DeployedStack extends StackTemplate {
  /** `CREATE_COMPLETE` and its like. */
  readonly status: string;
  /** What it is made of. */
  readonly resources: readonly StackResource[];
}

/** A resource of a deployed stack. */
export interface StackResource {
  readonly logicalId: string;
  /** ARN, URL or name, as the type has it. */
  readonly physicalId: string;
  readonly type: string;
  readonly status: string;
}

/** Those of the stacks that there are, with their templates as they were given to CloudFormation. */
export async function deployedStacks(
  client: CloudFormationClient,
  names: readonly string[],
): Promise<readonly DeployedStack[]> {
  const found = await Promise.all(
    names.map(async (name) => {
      const answer = await orNothing(client.send(new DescribeStacksCommand({ StackName: name })));
      const status = answer?.Stacks?.[0]?.StackStatus;
      if (status === undefined || status === 'DELETE_COMPLETE') return undefined;
      const { TemplateBody } = await client.send(new GetTemplateCommand({ StackName: name }));
      const template: StackTemplate['template'] = JSON.parse(TemplateBody || '{"Resources":{}}');
      return { name, status, template, resources: await stackResources(client, name) };
    }),
  );
  return found.filter((each) => each !== undefined);
}

/** The resources of a stack and of those nested in it; none where it is not deployed. */
export async function stackResources(
  client: CloudFormationClient,
  StackName: string,
): Promise<readonly StackResource[]> {
  const resources: StackResource[] = [];
  try {
    for await (const { StackResourceSummaries = [] } of paginateListStackResources(
      { client },
      { StackName },
    )) {
      for (const summary of StackResourceSummaries) {
        const { LogicalResourceId: logicalId = '', PhysicalResourceId: physicalId = '' } = summary;
        const { ResourceType: type = '', ResourceStatus: status = '' } = summary;
        resources.push({ logicalId, physicalId, type, status });
      }
    }
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
  const nested = resources.filter(
    ({ type, physicalId }) => type === 'AWS::CloudFormation::Stack' && physicalId !== '',
  );
  const within = await Promise.all(nested.map(({ physicalId }) => stackResources(client, physicalId)));
  return [...resources, ...within.flat()];
}

/** Names of the stacks that import each export, as far as any does. */
export async function importsOf(
  client: CloudFormationClient,
  exportNames: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const importers = await Promise.all(
    exportNames.map(async (ExportName) => {
      const stacks: string[] = [];
      try {
        for await (const { Imports = [] } of paginateListImports({ client }, { ExportName }))
          stacks.push(...Imports);
      } catch (error) {
        if (!isUnused(error)) throw error;
      }
      return [ExportName, stacks] as const;
    }),
  );
  return new Map(importers.filter(([, stacks]) => stacks.length > 0));
}

/** CloudFormation's answers about an export that no stack imports, and about one that is not there. */
const isUnused = (error: unknown) =>
  isMissing(error) ||
  (error instanceof CloudFormationServiceException &&
    error.name === 'ValidationError' &&
    error.message.includes('is not imported by any stack'));
