import {
  AuthorizationType,
  type CfnMethod,
  ContentHandling,
  type IResource,
  MockIntegration,
  PassthroughBehavior,
  type RestApi,
} from 'aws-cdk-lib/aws-apigateway';
import { responseHeaders, SECURITY_HEADERS } from '../../core/requests/response-headers.ts';
import type { StageConfig } from '../../service/config.ts';

/** `GET /health` tells that the gateway serves this deployment; it costs no function. */
export function addHealth(api: RestApi, config: StageConfig): void {
  const headers = Object.entries({
    ...responseHeaders(config.allowOrigin),
    'Content-Type': 'application/json',
  });
  const integration = new MockIntegration({
    contentHandling: ContentHandling.CONVERT_TO_TEXT,
    passthroughBehavior: PassthroughBehavior.WHEN_NO_TEMPLATES,
    requestTemplates: { 'application/json': '{"statusCode":200}' },
    integrationResponses: [
      {
        statusCode: '200',
        // Left out, a client that accepts application/json, which is declared binary, gets the text decoded as base64.
        // @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-payload-encodings-workflow.html
        contentHandling: ContentHandling.CONVERT_TO_TEXT,
        responseTemplates: { 'application/json': '{"status":"ok"}' },
        responseParameters: Object.fromEntries(
          headers.map(([name, value]) => [`method.response.header.${name}`, `'${value}'`]),
        ),
      },
    ],
  });
  const health = api.root.addResource('health');
  completePreflight(health);
  health.addMethod('GET', integration, {
    authorizationType: AuthorizationType.NONE,
    methodResponses: [
      {
        statusCode: '200',
        responseParameters: Object.fromEntries(
          headers.map(([name]) => [`method.response.header.${name}`, true]),
        ),
      },
    ],
  });
}

/**
 * Preflights of a resource, which CDK makes without a way to say so: a request without Content-Type counts as
 * application/json, which is declared binary here, and a mock cannot put a binary body into its template. And every answer has
 * the same headers of security.
 */
export function completePreflight(resource: IResource): void {
  const preflight = resource.node.tryFindChild('OPTIONS')?.node.defaultChild as CfnMethod | undefined;
  preflight?.addPropertyOverride('Integration.ContentHandling', ContentHandling.CONVERT_TO_TEXT);
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) {
    const parameter = `method\\.response\\.header\\.${name}`;
    preflight?.addPropertyOverride(
      `Integration.IntegrationResponses.0.ResponseParameters.${parameter}`,
      `'${value}'`,
    );
    preflight?.addPropertyOverride(`MethodResponses.0.ResponseParameters.${parameter}`, true);
  }
}
