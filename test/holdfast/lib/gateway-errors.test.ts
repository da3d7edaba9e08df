import { beforeAll, describe, expect, test } from '@jest/globals';
import { problems } from '../../../lib/holdfast/core/problems/problems.ts';
import { ofType, type SynthesizedStage, synthesizeStage } from '../support/templates.ts';

let production: SynthesizedStage;
beforeAll(async () => {
  production = await synthesizeStage('production');
});

describe('the gateway’s own errors', () => {
  // The types that API Gateway documents.
  const types = [
    'ACCESS_DENIED',
    'API_CONFIGURATION_ERROR',
    'AUTHORIZER_CONFIGURATION_ERROR',
    'AUTHORIZER_FAILURE',
    'BAD_REQUEST_BODY',
    'BAD_REQUEST_PARAMETERS',
    'DEFAULT_4XX',
    'DEFAULT_5XX',
    'EXPIRED_TOKEN',
    'INTEGRATION_FAILURE',
    'INTEGRATION_TIMEOUT',
    'INVALID_API_KEY',
    'INVALID_SIGNATURE',
    'MISSING_AUTHENTICATION_TOKEN',
    'QUOTA_EXCEEDED',
    'REQUEST_TOO_LARGE',
    'RESOURCE_NOT_FOUND',
    'THROTTLED',
    'UNAUTHORIZED',
    'UNSUPPORTED_MEDIA_TYPE',
    'WAF_FILTERED',
  ];

  const responses = () =>
    new Map(
      ofType(production.service, 'AWS::ApiGateway::GatewayResponse').map(([, { Properties }]) => [
        String(Properties.ResponseType),
        Properties as {
          StatusCode?: string;
          ResponseParameters: Record<string, string>;
          ResponseTemplates: Record<string, string>;
        },
      ]),
    );

  const declared = (type: string) => {
    const response = responses().get(type);
    if (response === undefined) throw new Error(`${type} is not mapped`);
    return response;
  };

  test('are all mapped by name', () => {
    expect([...responses().keys()].sort()).toEqual(types);
  });

  test.each(types)('%s is a problem of the table', (type) => {
    const { StatusCode, ResponseParameters, ResponseTemplates } = declared(type);
    const body = JSON.parse(
      (ResponseTemplates['application/json'] ?? '').replace('$context.requestId', 'r-1'),
    );
    const row = problems[body.code as keyof typeof problems];
    const fallback = type.startsWith('DEFAULT_');
    const header = (name: string) => ResponseParameters[`gatewayresponse.header.${name}`];

    expect(body).toEqual({
      type: `urn:holdfast:problem:${body.code}`,
      title: row.title,
      code: body.code,
      category: row.category,
      recovery: row.recovery,
      help: `/production/problems/${body.code}`,
      instance: 'urn:holdfast:request:r-1',
      // A status on a default type would take the place of every other type's.
      ...(!fallback && { status: row.status }),
    });
    expect(StatusCode).toBe(fallback ? undefined : String(row.status));
    expect(header('Content-Type')).toBe("'application/problem+json'");
    expect(header('Cache-Control')).toBe("'no-store, no-transform'");
    expect(header('Access-Control-Allow-Origin')).toBe("'*'");
    expect(header('Retry-After')).toBe(row.recovery === 'retry' ? `'${row.retryAfterSeconds}'` : undefined);
    expect(header('WWW-Authenticate')).toBe(row.status === 401 ? `'Bearer realm="holdfast"'` : undefined);
  });

  // aws-cdk#10963: a gateway response that changes without a new deployment never reaches the edge.
  test('are part of what makes a new deployment', async () => {
    const staging = await synthesizeStage('staging');
    const [[first] = []] = ofType(production.service, 'AWS::ApiGateway::Deployment');
    const [[second] = []] = ofType(staging.service, 'AWS::ApiGateway::Deployment');

    expect(first).toMatch(/Deployment/);
    expect(second).not.toBe(first);
  });
});
