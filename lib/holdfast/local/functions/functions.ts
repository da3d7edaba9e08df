import type { FunctionEntry } from '../../cdk/bundles/function-entry.ts';
import type { StackTemplate } from '../../cdk/templates/templates.ts';
import { REGION, type ResolvedResource, resolveResources } from '../../template/template.ts';
import type { FunctionDefinition } from './execution-environment.ts';

/** A function of the template, and what it is bundled from. */
export interface TemplateFunction {
  readonly entry: FunctionEntry;
  readonly resource: ResolvedResource;
}

/**
 * Every function of the templates.
 * @param sqs where the queues are that its environment names
 * @throws Error for one that does not say what it is made of
 */
export function readFunctions(stacks: readonly StackTemplate[], sqs?: string): readonly TemplateFunction[] {
  return resolveResources(stacks, ['AWS::Lambda::Function'], sqs).map((resource) => {
    const entry = resource.metadata.holdfast as FunctionEntry | undefined;
    if (entry !== undefined) return { entry, resource };
    throw new Error(`function ${resource.logicalId} has no Metadata.holdfast; make it with ServiceFunction`);
  });
}

/** Where the function's platform is, and what is set for every function by hand. */
export interface Platform {
  /** Of every service of AWS. */
  readonly endpoint: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** A function as it runs here: with the environment of its template and of Lambda, and no other. */
export function functionDefinition(
  { resource }: TemplateFunction,
  file: string,
  platform: Platform,
): FunctionDefinition {
  const { logicalId, properties } = resource;
  const memoryMb = Number(properties.MemorySize ?? 128);
  const variables = properties.Environment?.Variables ?? {};
  return {
    name: logicalId,
    arn: `arn:aws:lambda:${REGION}:000000000000:function:${logicalId}`,
    file,
    timeoutMs: Number(properties.Timeout ?? 3) * 1000,
    memoryMb,
    environment: {
      // Tells the endpoint who calls.
      AWS_ACCESS_KEY_ID: logicalId,
      AWS_SECRET_ACCESS_KEY: 'local',
      AWS_REGION: REGION,
      AWS_DEFAULT_REGION: REGION,
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
      AWS_LAMBDA_FUNCTION_NAME: logicalId,
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMb),
      AWS_ENDPOINT_URL: platform.endpoint,
      TZ: 'UTC',
      ...variables,
      ...platform.environment,
    },
  };
}
