import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { buildApp } from '../../../lib/holdfast/cdk/app.ts';

/** What the rules of cdk-nag find and we mean: each with the place where it is meant, and why. */
const MEANT: readonly { readonly rule: RegExp; readonly at: RegExp; readonly why: string }[] = [
  {
    rule: /^AwsSolutions-IAM5\[Resource::\*\]$/,
    at: /\/Role\/DefaultPolicy\/Resource$/,
    why: 'X-Ray and the delivery of state machine logs have no resource level (test/lib/least-privilege lists the actions)',
  },
  {
    rule: /^AwsSolutions-IAM5\[Resource::<operateFunction\w+\.Arn>:\*\]$/,
    at: /StateMachine\/Role\/DefaultPolicy\/Resource$/,
    why: 'an execution goes on with the version of the step function that it began with, whichever that is',
  },
  {
    rule: /^AwsSolutions-IAM4\[.*AWSCodeDeployRoleForLambdaLimited\]$/,
    at: /\/Canary\/Role\/Resource$/,
    why: 'the policy that AWS keeps for this one purpose; ours would lag behind what CodeDeploy needs',
  },
  {
    rule: /^AwsSolutions-IAM4\[.*AmazonAPIGatewayPushToCloudWatchLogs\]$/,
    at: /\/CloudWatchRole\/Resource$/,
    why: 'the policy that AWS keeps for this one purpose; the role is the account’s, for the logs of all its APIs',
  },
  {
    rule: /^AwsSolutions-APIG2$/,
    at: /\/Api\/Resource$/,
    why: 'functions validate strictly, with problems that say what to do; the gateway’s validator checks only what is sent as JSON',
  },
  {
    rule: /^AwsSolutions-APIG3$/,
    at: /\/DeploymentStage\.\w+\/Resource$/,
    why: 'which web ACL fits is the account’s to say; any may be associated with the stage',
  },
  {
    rule: /^AwsSolutions-(APIG4|COG4)$/,
    at: /\/(health\/GET|GET --(problems|docs|openapi\.json)[^/]*|POST --partners--\{partner\}--callbacks)\/Resource$/,
    why: 'open to everyone: health, the documentation, and what partners sign',
  },
  {
    rule: /^AwsSolutions-COG4$/,
    at: /\/(GET|POST) --[^/]+\/Resource$/,
    why: 'a Lambda authorizer takes tokens of any issuer, Cognito’s too',
  },
  {
    rule: /^AwsSolutions-COG8$/,
    at: /\/Identity\/Pool\/Resource$/,
    why: 'the pool’s clients are machines, which the plus plan’s threat protection does not look at',
  },
  {
    rule: /^AwsSolutions-SMG4$/,
    at: /(CallbackSecret\/Resource|\/Partners\/[\w-]+-(credentials|callbacks\/Resource))$/,
    why: 'a secret that a partner holds too is changed together with the partner',
  },
  {
    rule: /^(AwsSolutions-SQS3|Serverless-SQSRedrivePolicy)$/,
    at: /\/(DeadLetters|\w+-failures)\/Resource$/,
    why: 'these are where messages are set aside; there is nothing behind them',
  },
  {
    rule: /^Serverless-LambdaDLQ$/,
    at: /\/Function\/Resource$/,
    why: 'a dead-letter target is for asynchronous calls; the one that is made is the sweep’s, which comes again in a minute',
  },
  {
    rule: /^Serverless-LambdaTracing$/,
    at: /\/history\/Function\/Resource$/,
    why: 'it is called with every change of the table: its traces would be as many as all others together',
  },
  {
    rule: /^Serverless-EventBusDLQ$/,
    at: /\/SweepRule\/Resource$/,
    why: 'a sweep that was missed is made up for by the next, a minute later',
  },
  {
    rule: /^Serverless-LambdaEventSourceMappingDestination$/,
    at: /SqsEventSource/,
    why: 'what a queue’s consumer cannot handle goes to the queue’s own dead-letter queue',
  },
];

interface Finding {
  readonly rule: string;
  readonly at: string;
}

async function findings(stage: string): Promise<readonly Finding[]> {
  const outdir = await mkdtemp(join(tmpdir(), 'holdfast-nag-'));
  try {
    const app = await buildApp({ stage, bundles: 'none', outdir });
    // The CDK's own validation of whole templates, which jest.config.js switches off for all other tests.
    process.env.CDK_VALIDATION = 'true';
    app.synth();
    return [new AwsSolutionsChecks(), new ServerlessChecks()]
      .flatMap((pack) => pack.validateScope(app).violations)
      .flatMap(({ ruleName, violatingResources }) =>
        violatingResources.map(({ constructPath }) => ({ rule: ruleName, at: String(constructPath) })),
      );
  } finally {
    await rm(outdir, { recursive: true, force: true });
  }
}

describe.each(['dev', 'production'])('the rules of cdk-nag, on stage %s', (stage) => {
  test('find nothing that is not meant, and everything that is', async () => {
    const found = await findings(stage);
    const canary = stage === 'production';

    const fits = ({ rule, at }: Finding) =>
      MEANT.filter((meant) => meant.rule.test(rule) && meant.at.test(at));

    expect(found.filter((finding) => fits(finding).length === 0)).toEqual([]);
    const used = new Set(found.flatMap(fits));
    expect(
      MEANT.filter((meant) => !used.has(meant) && (canary || !meant.at.source.includes('Canary'))),
    ).toEqual([]);
  });
});
