import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import {
  AccessLogFormat,
  AuthorizationType,
  CfnAuthorizer,
  type CorsOptions,
  EndpointType,
  Integration,
  IntegrationType,
  type IResource,
  type IRestApi,
  LogGroupLogDestination,
  Method,
  MethodLoggingLevel,
  Resource,
  RestApi,
  type StageOptions,
} from 'aws-cdk-lib/aws-apigateway';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { ALLOWED_REQUEST_HEADERS } from '../../core/requests/response-headers.ts';
import type { StageConfig } from '../../service/config.ts';
import { retention } from '../functions/retention.ts';
import { addGatewayResponses } from './gateway-responses.ts';
import { addHealth, completePreflight } from './mock-answers.ts';

/** A token is checked once a minute; the action itself refuses one that expires in between. */
const AUTHORIZER_CACHE = Duration.seconds(60);

// RFC 6750 2.1: b64token. Anything else is refused by the gateway without a call of the authorizer.
const BEARER = '^[Bb]earer +[-A-Za-z0-9._~+/]+=*$';

/** A preflight answer changes with a deployment only; browsers cap this at two hours themselves. */
const PREFLIGHT_CACHE = Duration.hours(1);

/** One line of the access log: what the gateway answered, also where no function was asked. */
const ACCESS_LOG = {
  requestId: '$context.requestId',
  // A client may choose the other one. It is in x-amz-apigw-id, and what AWS Support asks for.
  extendedRequestId: '$context.extendedRequestId',
  time: '$context.requestTimeEpoch',
  method: '$context.httpMethod',
  route: '$context.resourcePath',
  status: '$context.status',
  error: '$context.error.responseType',
  latencyMs: '$context.responseLatency',
  functionMs: '$context.integrationLatency',
  caller: '$context.authorizer.principalId',
  sourceIp: '$context.identity.sourceIp',
};

/** Who may call a route: the holder of an access token, or anyone. */
export type Access = 'token' | 'open';

/** What an API is made from. */
export interface WriteApiProps {
  readonly config: StageConfig;
  readonly authorizer: IFunction;
}

/** A REST API whose every answer, its own errors included, has the contract's headers and shape. */
export class WriteApi extends Construct {
  readonly restApi: RestApi;
  readonly #config: StageConfig;
  readonly #authorizer: CfnAuthorizer;
  readonly #routes = new Set<string>();

  constructor(scope: Construct, id: string, { config, authorizer }: WriteApiProps) {
    super(scope, id);
    this.#config = config;
    this.restApi = new RestApi(this, 'Api', {
      restApiName: config.namePrefix,
      endpointTypes: [EndpointType.REGIONAL],
      // Declared binary, bodies reach a function as the exact bytes that were sent.
      binaryMediaTypes: ['application/*'],
      // An account has one role for the logs of all its APIs, which may not go away with one of them.
      cloudWatchRole: true,
      cloudWatchRoleRemovalPolicy: RemovalPolicy.RETAIN,
      deployOptions: this.#deployOptions(),
      defaultCorsPreflightOptions: this.#preflight(),
    });
    this.#addExecutionLog(config);
    this.#authorizer = this.#authorize(authorizer);
    addGatewayResponses(this.restApi, config);
    addHealth(this.restApi, config);
  }

  /**
   * Serves a route, `POST /payouts/{payoutId}/approve`, by a function that gets the whole request. What belongs to the
   * route alone is made in the function's own stack, since a stack has no room for the routes of a hundred functions.
   */
  addRoute(method: 'GET' | 'POST', path: string, handler: IFunction, access: Access = 'token'): void {
    const scope = Stack.of(handler);
    const { restApiId, restApiRootResourceId: rootResourceId } = this.restApi;
    const api =
      scope.node.tryFindChild('Api') ??
      RestApi.fromRestApiAttributes(scope, 'Api', { restApiId, rootResourceId });
    const resource = this.#resource(path, scope, api as IRestApi);
    new Method(scope, `${method} ${path}`, {
      httpMethod: method,
      resource,
      integration: new Integration({
        type: IntegrationType.AWS_PROXY,
        integrationHttpMethod: 'POST',
        uri: invocation(handler),
      }),
      options:
        access === 'open'
          ? { authorizationType: AuthorizationType.NONE }
          : {
              authorizationType: AuthorizationType.CUSTOM,
              authorizer: { authorizerId: this.#authorizer.ref, authorizationType: AuthorizationType.CUSTOM },
            },
    });
    const route = `/${this.#config.stage}/${method}${path.replaceAll(/\{[^}]+\}/g, '*')}`;
    this.#allow(handler, `Gateway ${method} ${path}`, route);
    this.#deploys(`${method} ${path}`, `${access} ${handler.node.path}`, scope);
  }

  /**
   * The resource of a path. One that ends in an action's name has one route, and is its function's; every other is shared
   * by functions that may live in several stacks, and is the API's.
   */
  #resource(path: string, scope: Construct, api: IRestApi): IResource {
    const segments = path.split('/').slice(1);
    const last = segments.at(-1) ?? '';
    const own = segments.length > 2 && !last.startsWith('{');
    const shared = this.restApi.root.resourceForPath(own ? path.slice(0, -last.length - 1) : path);
    for (let each: IResource | undefined = shared; each !== undefined; each = each.parentResource) {
      completePreflight(each);
    }
    const imported = (resource: IResource, id = resource.path) =>
      (scope.node.tryFindChild(id) as IResource | undefined) ??
      Resource.fromResourceAttributes(scope, id, {
        restApi: api,
        resourceId: resource.resourceId,
        path: resource.path,
      });
    const parent = imported(shared);
    if (!own) return parent;
    const resource = new Resource(scope, path, {
      parent,
      pathPart: last,
      defaultCorsPreflightOptions: this.#preflight(),
    });
    completePreflight(resource);
    return resource;
  }

  /** A deployment is a copy of the routes as they are: one that changes makes a new one, when all of them stand. */
  #deploys(route: string, served: string, scope: Construct): void {
    if (this.#routes.has(route)) throw new Error(`two functions serve ${route}; rename one of them`);
    this.#routes.add(route);
    this.restApi.latestDeployment?.addToLogicalId(`${route} ${served}`);
    if (scope !== Stack.of(this)) this.restApi.latestDeployment?.node.addDependency(scope);
  }

  /** Lets the gateway call a function for one route of this stage, and for nothing else. */
  #allow(handler: IFunction, id: string, path: string): void {
    handler.addPermission(id, {
      principal: new ServicePrincipal('apigateway.amazonaws.com'),
      sourceArn: Stack.of(handler).formatArn({
        service: 'execute-api',
        resource: this.restApi.restApiId,
        resourceName: path.slice(1),
      }),
    });
  }

  #authorize(handler: IFunction): CfnAuthorizer {
    const properties = {
      name: 'AccessToken',
      type: 'TOKEN',
      identitySource: 'method.request.header.Authorization',
      identityValidationExpression: BEARER,
      authorizerResultTtlInSeconds: AUTHORIZER_CACHE.toSeconds(),
    };
    const authorizer = new CfnAuthorizer(this, 'Authorizer', {
      restApiId: this.restApi.restApiId,
      authorizerUri: invocation(handler),
      ...properties,
    });
    this.restApi.latestDeployment?.addToLogicalId({ ...properties, handler: handler.node.path });
    this.restApi.latestDeployment?.node.addDependency(authorizer);
    this.#allow(handler, 'Gateway', `/authorizers/${authorizer.ref}`);
    return authorizer;
  }

  /**
   * The gateway writes what went wrong to a group of this name, and makes it where there is none: for ever, and outside
   * the stack. What stands before the stage is used as it is.
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
   */
  #addExecutionLog({ stage, logRetentionDays }: StageConfig): void {
    const log = new LogGroup(this, 'ExecutionLog', {
      logGroupName: `API-Gateway-Execution-Logs_${this.restApi.restApiId}/${stage}`,
      retention: logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.restApi.deploymentStage.node.addDependency(log);
  }

  #deployOptions(): StageOptions {
    const { stage, throttle, logRetentionDays, retainData } = this.#config;
    const accessLog = new LogGroup(this, 'AccessLog', {
      retention: logRetentionDays,
      removalPolicy: retention(retainData),
    });
    return {
      stageName: stage,
      throttlingRateLimit: throttle.ratePerSecond,
      throttlingBurstLimit: throttle.burst,
      tracingEnabled: true,
      loggingLevel: MethodLoggingLevel.ERROR,
      accessLogDestination: new LogGroupLogDestination(accessLog),
      accessLogFormat: AccessLogFormat.custom(JSON.stringify(ACCESS_LOG)),
    };
  }

  #preflight(): CorsOptions {
    return {
      allowOrigins: [this.#config.allowOrigin],
      allowMethods: ['GET', 'POST'],
      allowHeaders: ALLOWED_REQUEST_HEADERS,
      maxAge: PREFLIGHT_CACHE,
    };
  }
}

/** How the gateway calls a function. */
const invocation = (handler: IFunction): string =>
  Stack.of(handler).formatArn({
    service: 'apigateway',
    account: 'lambda',
    resource: 'path/2015-03-31/functions',
    resourceName: `${handler.functionArn}/invocations`,
  });
