import { Duration } from 'aws-cdk-lib';
import {
  AuthorizationType,
  type CfnMethod,
  ContentHandling,
  EndpointType,
  type IAuthorizer,
  type IResource,
  LambdaIntegration,
  MockIntegration,
  PassthroughBehavior,
  RestApi,
  TokenAuthorizer,
} from 'aws-cdk-lib/aws-apigateway';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { ALLOWED_REQUEST_HEADERS, responseHeaders } from '../../functions/core/response-headers.ts';
import type { StageConfig } from '../config.ts';
import { addGatewayResponses } from './gateway-responses.ts';

/** A token is checked once a minute; the action itself refuses one that expires in between. */
const AUTHORIZER_CACHE = Duration.seconds(60);

// RFC 6750 2.1: b64token. Anything else is refused by the gateway without a call of the authorizer.
const BEARER = '^[Bb]earer +[-A-Za-z0-9._~+/]+=*$';

/** A preflight answer changes with a deployment only; browsers cap this at two hours themselves. */
const PREFLIGHT_CACHE = Duration.hours(1);

/** Who may call a route: the holder of an access token, or anyone. */
export type Access = 'token' | 'open';

/** A REST API whose every answer, its own errors included, has the contract's headers and shape. */
export class WriteApi extends Construct {
  readonly restApi: RestApi;
  readonly #authorizer: IAuthorizer;

  constructor(
    scope: Construct,
    id: string,
    props: { readonly config: StageConfig; readonly authorizer: IFunction },
  ) {
    super(scope, id);
    const { config } = props;
    this.restApi = new RestApi(this, 'Api', {
      restApiName: `holdfast-${config.stage}`,
      endpointTypes: [EndpointType.REGIONAL],
      // Declared binary, bodies reach a function as the exact bytes that were sent.
      binaryMediaTypes: ['application/*'],
      cloudWatchRole: false,
      deployOptions: {
        stageName: config.stage,
        throttlingRateLimit: config.throttle.ratePerSecond,
        throttlingBurstLimit: config.throttle.burst,
      },
      defaultCorsPreflightOptions: {
        allowOrigins: [config.allowOrigin],
        allowMethods: ['GET', 'POST'],
        allowHeaders: ALLOWED_REQUEST_HEADERS,
        maxAge: PREFLIGHT_CACHE,
      },
    });
    this.#authorizer = new TokenAuthorizer(this, 'Authorizer', {
      handler: props.authorizer,
      validationRegex: BEARER,
      resultsCacheTtl: AUTHORIZER_CACHE,
    });
    addGatewayResponses(this.restApi, config);
    this.#addHealth(config);
  }

  /** Serves a route, `POST /payouts/{payoutId}/approve`, by a function that gets the whole request. */
  addRoute(method: 'GET' | 'POST', path: string, handler: IFunction, access: Access = 'token'): void {
    const integration = new LambdaIntegration(handler, { allowTestInvoke: false });
    this.#resource(path).addMethod(method, integration, {
      ...(access === 'token'
        ? { authorizer: this.#authorizer, authorizationType: AuthorizationType.CUSTOM }
        : { authorizationType: AuthorizationType.NONE }),
    });
  }

  #resource(path: string): IResource {
    const resource = this.restApi.root.resourceForPath(path);
    for (let each: IResource | undefined = resource; each !== undefined; each = each.parentResource) {
      // A request without Content-Type counts as application/json, which is declared binary here, and a mock cannot put a
      // binary body into its template.
      const preflight = each.node.tryFindChild('OPTIONS')?.node.defaultChild as CfnMethod | undefined;
      preflight?.addPropertyOverride('Integration.ContentHandling', ContentHandling.CONVERT_TO_TEXT);
    }
    return resource;
  }

  /** `GET /health` tells that the gateway serves this deployment; it costs no function. */
  #addHealth(config: StageConfig): void {
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
          responseTemplates: { 'application/json': '{"status":"ok"}' },
          responseParameters: Object.fromEntries(
            headers.map(([name, value]) => [`method.response.header.${name}`, `'${value}'`]),
          ),
        },
      ],
    });
    this.#resource('/health').addMethod('GET', integration, {
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
}
