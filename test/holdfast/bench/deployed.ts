import type { StackTemplate, TemplateResource } from '../../../lib/holdfast/cdk/templates/templates.ts';

/**
 * What Lambda itself logs of an invocation at INFO, in JSON: that it starts, and its report, traced.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/telemetry-schema-reference.html
 */
const SYSTEM_LOG_BYTES = 600;

/** Levels at which Lambda logs no invocation that went well. */
const QUIET = ['WARN'];

/** What the gateway fills in, as long as it will be. */
const EXAMPLES: Readonly<Record<string, string>> = {
  requestId: '7b1d6d3e-2c35-4a0e-9d0c-0b6a3c1f5e77',
  extendedRequestId: 'aBcDeFgHIAMEXvQ=',
  requestTimeEpoch: '1796083200000',
  httpMethod: 'POST',
  resourcePath: '/payouts/{payoutId}/change-amount',
  status: '200',
  'error.responseType': '-',
  responseLatency: '31',
  integrationLatency: '27',
  'authorizer.principalId': '2f0c1a0e-6f0b-4c61-a6a7-3b8f6a1f0f10',
  'identity.sourceIp': '203.0.113.117',
};

/** What a call of a function brings with it, as its template has it. */
export interface Deployed {
  readonly memoryGb: number;
  /** Of Lambda's own lines of a call that went well. */
  readonly systemLogBytes: number;
  /** Whether it opens a trace where nobody before it has. */
  readonly traced: boolean;
}

const resourcesOf = (stacks: readonly StackTemplate[], type: string): readonly TemplateResource[] =>
  stacks.flatMap(({ template }) => Object.values(template.Resources)).filter(({ Type }) => Type === type);

const sole = <T>(found: T | undefined, what: string): T => {
  if (found === undefined) throw new Error(`the templates have no ${what}`);
  return found;
};

interface FunctionProperties {
  readonly MemorySize?: number;
  readonly LoggingConfig?: { readonly SystemLogLevel?: string };
  readonly TracingConfig?: { readonly Mode?: string };
}

/** How a function is deployed, by its name: `payouts-approve`. */
export function deployed(stacks: readonly StackTemplate[], name: string): Deployed {
  const { Properties } = sole(
    resourcesOf(stacks, 'AWS::Lambda::Function').find(({ Metadata }) => {
      const { holdfast } = (Metadata ?? {}) as { readonly holdfast?: { readonly name?: string } };
      return holdfast?.name === name;
    }),
    `function ${name}`,
  );
  const { MemorySize = 128, LoggingConfig, TracingConfig } = (Properties ?? {}) as FunctionProperties;
  return {
    memoryGb: MemorySize / 1_024,
    systemLogBytes: QUIET.includes(LoggingConfig?.SystemLogLevel ?? '') ? 0 : SYSTEM_LOG_BYTES,
    traced: TracingConfig?.Mode === 'Active',
  };
}

/** Of the line that the gateway logs of a request, with all that it fills in. */
export function accessLogBytes(stacks: readonly StackTemplate[]): number {
  const [stage] = resourcesOf(stacks, 'AWS::ApiGateway::Stage');
  const { AccessLogSetting } = (stage?.Properties ?? {}) as {
    readonly AccessLogSetting?: { readonly Format?: string };
  };
  const format = sole(AccessLogSetting?.Format, 'format of an access log');
  return Buffer.byteLength(
    format.replaceAll(/\$context\.([A-Za-z.]+)/g, (_, name) => sole(EXAMPLES[name], `example of ${name}`)),
  );
}
