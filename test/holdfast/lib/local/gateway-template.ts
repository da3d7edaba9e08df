import type { StackTemplate } from '../../../../lib/holdfast/cdk/templates/templates.ts';

const uri = (name: string) =>
  `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:000000000000:function:${name}/invocations`;

const method = (name: string, parent: object = { Ref: 'Path' }, more: object = {}) => ({
  Type: 'AWS::ApiGateway::Method',
  Properties: {
    HttpMethod: name,
    ResourceId: parent,
    Integration: { Type: 'AWS_PROXY', Uri: uri('handler') },
    ...more,
  },
});

const response = (type: string, more: object) => ({
  Type: 'AWS::ApiGateway::GatewayResponse',
  Properties: { ResponseType: type, ...more },
});

/** The template of a small API: routes that are open, one that needs a token, and gateway responses. */
export const stack: StackTemplate = {
  name: 'service',
  template: {
    Resources: {
      Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { BinaryMediaTypes: ['application/*'] } },
      Stage: { Type: 'AWS::ApiGateway::Stage', Properties: { StageName: 'test' } },
      Path: { Type: 'AWS::ApiGateway::Resource', Properties: { ParentId: 'root', PathPart: 'things' } },
      Thing: {
        Type: 'AWS::ApiGateway::Resource',
        Properties: { ParentId: { Ref: 'Path' }, PathPart: '{id}' },
      },
      Authorizer: {
        Type: 'AWS::ApiGateway::Authorizer',
        Properties: {
          Type: 'TOKEN',
          AuthorizerUri: uri('authorizer'),
          IdentitySource: 'method.request.header.Authorization',
          IdentityValidationExpression: '^Bearer .+$',
          AuthorizerResultTtlInSeconds: 60,
        },
      },
      Post: method('POST'),
      Get: method('GET', { Ref: 'Thing' }),
      Put: method('PUT', { Ref: 'Path' }, { AuthorizerId: { Ref: 'Authorizer' } }),
      Unauthorized: response('UNAUTHORIZED', {
        ResponseParameters: {
          'gatewayresponse.header.X-Request': 'context.requestId',
          'gatewayresponse.header.X-Text': "'text'",
        },
        ResponseTemplates: {
          'application/json': '{"id":"$context.requestId","why":$context.error.messageString}',
        },
      }),
      Default: response('DEFAULT_4XX', { ResponseTemplates: { 'application/json': '{"fallback":true}' } }),
    },
  },
};
