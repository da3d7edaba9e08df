import {
  type CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStacksCommand,
  type Stack,
  waitUntilStackCreateComplete,
  waitUntilStackDeleteComplete,
} from '@aws-sdk/client-cloudformation';
import { stackNames } from '../../../lib/holdfast/cli/deploy/release-plan.ts';
import { namePrefixOf } from '../../../lib/holdfast/service/define-service.ts';
import service from '../../../lib/service.ts';

/** The kit's own stage for this. */
export const STAGE = 'acceptance';

/** What the stage's physical names begin with. */
export const NAMES = namePrefixOf(STAGE, service);

/** What the stacks of a run carry: its id. */
export const TAG = 'holdfast-accept';

/** Of what the run needs beside the service: partners that do everything at once. */
export const PARTNERS_STACK = `${NAMES}-partners`;

/** In the order in which they may be deleted. */
export const ALL_STACKS = [stackNames(STAGE).service, stackNames(STAGE).state, PARTNERS_STACK];

/** Longest that one stack takes, in seconds. */
const PATIENCE = { maxWaitTime: 3_600, minDelay: 1, maxDelay: 15 };

/** A stack of the stage; undefined where there is none. */
export async function stackNamed(
  client: CloudFormationClient,
  StackName: string,
): Promise<Stack | undefined> {
  try {
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName }));
    return Stacks.find(({ StackStatus }) => StackStatus !== 'DELETE_COMPLETE');
  } catch (error) {
    if (error instanceof Error && error.message.includes('does not exist')) return undefined;
    throw error;
  }
}

/** The run that a stack carries the tag of; undefined for a stack of somebody's. */
export const runOf = ({ Tags = [] }: Stack): string | undefined => Tags.find(({ Key }) => Key === TAG)?.Value;

/** Deletes a stack of the run's, and waits for its end. @throws Error for a stack that does not carry the run's tag */
export async function deleteStack(client: CloudFormationClient, name: string, run: string): Promise<void> {
  const stack = await stackNamed(client, name);
  if (stack === undefined) return;
  if (runOf(stack) !== run)
    throw new Error(`stack ${name} does not carry the tag ${TAG}=${run}, so it is not this run's; it stays`);
  await client.send(new DeleteStackCommand({ StackName: name }));
  await waitUntilStackDeleteComplete({ client, ...PATIENCE }, { StackName: name });
}

/** One function answers for every partner: the money is booked, the beneficiary is clear. */
const HANDLER = `exports.handler = async () => ({
  statusCode: 200,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ status: 'BOOKED', bookingId: 'b1', verdict: 'clear' }),
});`;

/** Makes the partners. @returns their base URL */
export async function makePartners(client: CloudFormationClient, run: string): Promise<string> {
  const open = (Action: string) => ({
    Type: 'AWS::Lambda::Permission',
    Properties: {
      Action,
      FunctionName: { Ref: 'Partner' },
      Principal: '*',
      ...(Action === 'lambda:InvokeFunctionUrl' && { FunctionUrlAuthType: 'NONE' }),
      ...(Action === 'lambda:InvokeFunction' && { InvokedViaFunctionUrl: true }),
    },
  });
  const template = {
    Resources: {
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: {
          AssumeRolePolicyDocument: {
            Version: '2012-10-17',
            Statement: [
              { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
            ],
          },
        },
      },
      // The stack's own, so that it goes with the stack.
      Log: { Type: 'AWS::Logs::LogGroup', Properties: { RetentionInDays: 1 } },
      Partner: {
        Type: 'AWS::Lambda::Function',
        Properties: {
          Runtime: 'nodejs24.x',
          Handler: 'index.handler',
          Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
          Code: { ZipFile: HANDLER },
          LoggingConfig: { LogGroup: { Ref: 'Log' } },
        },
      },
      Url: {
        Type: 'AWS::Lambda::Url',
        Properties: { TargetFunctionArn: { Ref: 'Partner' }, AuthType: 'NONE' },
      },
      // A function that is open to all takes both. https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
      OpenUrl: open('lambda:InvokeFunctionUrl'),
      OpenFunction: open('lambda:InvokeFunction'),
    },
    Outputs: { Url: { Value: { 'Fn::GetAtt': ['Url', 'FunctionUrl'] } } },
  };
  await client.send(
    new CreateStackCommand({
      StackName: PARTNERS_STACK,
      TemplateBody: JSON.stringify(template),
      Capabilities: ['CAPABILITY_IAM'],
      Tags: [{ Key: TAG, Value: run }],
    }),
  );
  await waitUntilStackCreateComplete({ client, ...PATIENCE }, { StackName: PARTNERS_STACK });
  const { Outputs = [] } = (await stackNamed(client, PARTNERS_STACK)) ?? {};
  return String(Outputs[0]?.OutputValue).replace(/\/$/, '');
}
