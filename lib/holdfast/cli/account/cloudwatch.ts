import { CloudFormationClient } from '@aws-sdk/client-cloudformation';

/** `application/x-amz-json-1.0`, one of the protocols of the service's model. @see https://github.com/boto/botocore/blob/develop/botocore/data/cloudwatch/2010-08-01/service-2.json.gz */
const TARGET = 'GraniteServiceVersion20100801';

/**
 * Asks CloudWatch, with region, credentials and signature as every other client of the kit has them. Its own client would be
 * one package more in every project.
 * @param environment may name another endpoint, as for every SDK of AWS
 * @throws Error with what it answered, when that is none of success
 */
async function askCloudWatch<Answer>(
  operation: 'ListMetrics' | 'GetMetricData',
  input: object,
  environment: NodeJS.ProcessEnv,
): Promise<Answer> {
  // A client signs for the first service that it has signed for, so this is none that anything else is asked with.
  const { config } = new CloudFormationClient({});
  const region = await config.region();
  const url = new URL(endpoint(region, environment));
  const signer = await config.signer({
    name: 'sigv4',
    signingName: 'monitoring',
    signingRegion: region,
    properties: {},
  });
  const body = JSON.stringify(input);
  const { headers } = await signer.sign({
    method: 'POST',
    protocol: url.protocol,
    hostname: url.hostname,
    path: '/',
    headers: {
      host: url.host,
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `${TARGET}.${operation}`,
    },
    body,
  });
  const { host: _, ...sent } = headers;
  const answer = await fetch(url, { method: 'POST', headers: sent, body });
  const text = await answer.text();
  if (!answer.ok)
    throw new Error(
      `CloudWatch refused ${operation} with ${answer.status}: ${text.slice(0, 500)}; what asks it needs cloudwatch:${operation}`,
    );
  return JSON.parse(text || '{}');
}

/** Every page of an answer. @throws Error as {@link askCloudWatch} does */
export async function* pagesOf<Page extends { readonly NextToken?: string }>(
  operation: 'ListMetrics' | 'GetMetricData',
  input: object,
  environment: NodeJS.ProcessEnv,
): AsyncGenerator<Page> {
  let NextToken: string | undefined;
  do {
    const page: Page = await askCloudWatch(operation, { ...input, NextToken }, environment);
    yield page;
    ({ NextToken } = page);
  } while (NextToken !== undefined);
}

const endpoint = (region: string, environment: NodeJS.ProcessEnv): string =>
  environment.AWS_ENDPOINT_URL_CLOUDWATCH ??
  environment.AWS_ENDPOINT_URL ??
  `https://monitoring.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`;
