import {
  type CloudFormationClient,
  CloudFormationServiceException,
  DescribeStacksCommand,
  GetTemplateCommand,
} from '@aws-sdk/client-cloudformation';
import type { StackTemplate } from '../templates.ts';

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

/** The templates of those of the stacks that are deployed, as they were given to CloudFormation. */
export async function deployedTemplates(
  client: CloudFormationClient,
  names: readonly string[],
): Promise<readonly StackTemplate[]> {
  const found = await Promise.all(
    names.map(async (name) => {
      const answer = await orNothing(client.send(new GetTemplateCommand({ StackName: name })));
      return (
        answer && { name, template: JSON.parse(answer.TemplateBody ?? '{}') as StackTemplate['template'] }
      );
    }),
  );
  return found.filter((each) => each !== undefined);
}
