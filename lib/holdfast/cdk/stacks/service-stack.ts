import { CfnOutput, CfnResource, Stack, type StackProps } from 'aws-cdk-lib';
import type { Code, IFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct, IConstruct } from 'constructs';
import type { Action } from '../../core/definitions/define-action.ts';
import { actionPath, collectionPath, resourcePath } from '../../core/definitions/routes.ts';
import { operations } from '../../core/operations/operations.ts';
import type { StageConfig } from '../../service/config.ts';
import type { RegisteredResource, Registry } from '../../service/registry.ts';
import { Alarms } from '../alarms/alarms.ts';
import { watchApi } from '../alarms/api-alarms.ts';
import { Canary } from '../alarms/canary.ts';
import { addDocs } from '../api/docs-site.ts';
import { WriteApi } from '../api/write-api.ts';
import {
  authorizerEntry,
  type FunctionEntry,
  problemsEntry,
  resourceEntries,
} from '../bundles/function-entry.ts';
import { Functions } from '../functions/functions.ts';
import { reservations } from '../functions/reserved-concurrency.ts';
import { ServiceDashboard } from '../operations/dashboard.ts';
import { OperationsPlane } from '../operations/operations-plane.ts';
import { tableAccess } from '../tables/table-access.ts';
import { DUE_SHARDS } from '../templates/due-shards.ts';
import { type Nesting, Nests } from '../templates/nests.ts';
import { REMOVED_ROUTES, ROUTES_ANEW, removedRoutesMetadata } from '../templates/removed-routes.ts';
import type { StateStack } from './state-stack.ts';

/** What the service is made of. */
export interface ServiceStackProps extends StackProps {
  readonly config: StageConfig;
  readonly registry: Registry;
  readonly state: StateStack;
  /** The bundle of an entry. */
  readonly code: (entry: FunctionEntry) => Code;
  /** Where functions live that have been deployed before. */
  readonly nesting: Nesting;
}

/** Everything that a deployment may replace: the API and one function for each of its routes. */
export class ServiceStack extends Stack {
  readonly nests: Nests;
  readonly #props: ServiceStackProps;
  readonly #api: WriteApi;
  readonly #functions: Functions;

  constructor(scope: Construct, id: string, props: ServiceStackProps) {
    const { config, registry, state, code, nesting, ...stackProps } = props;
    super(scope, id, {
      description: `${config.service.title}, stage ${config.stage}: API and functions`,
      ...stackProps,
    });
    this.#props = props;
    this.templateOptions.metadata = {
      holdfast: {
        prefix: config.service.prefix,
        dueShards: DUE_SHARDS,
        ...removedRoutesMetadata(this.node.tryGetContext(REMOVED_ROUTES)),
      },
    };
    const alarms = new Alarms(this, 'Alarms', config);
    const canary = config.canary ? new Canary(this, 'Canary', { config, alarms }) : undefined;
    this.nests = new Nests(this, nesting);
    this.#functions = new Functions(this, {
      config,
      code,
      canary,
      alarms,
      reserved: config.reserve === true ? reservations(registry) : [],
      scopeOf: ({ name }) => this.nests.of(name),
    });
    this.#api = new WriteApi(this, 'WriteApi', { config, authorizer: this.#authorizer() });
    const problems = this.#functions.route({
      entry: problemsEntry(registry.resources),
      environment: this.#httpEnvironment(),
    });
    this.#api.addRoute('GET', '/problems', problems, 'open');
    this.#api.addRoute('GET', '/problems/{code}', problems, 'open');
    addDocs(this.#api, this.#functions, this.#httpEnvironment());
    for (const resource of registry.resources) this.#addResource(resource);
    const plane = new OperationsPlane(this, 'Operations', {
      config,
      registry,
      tables: state.tables,
      partnerSecrets: state.partnerSecrets,
      alarms,
      api: this.#api,
      functions: this.#functions,
      httpEnvironment: this.#httpEnvironment(),
    });
    if (this.node.tryGetContext(ROUTES_ANEW) !== undefined)
      this.#api.restApi.latestDeployment?.addToLogicalId(ROUTES_ANEW);
    watchApi(this, { alarms, api: this.#api.restApi });
    const { restApi: api } = this.#api;
    const dashboard = new ServiceDashboard(this, 'Dashboard', { config, alarms, api, queues: plane.queues });
    this.#changeLast(plane.stateMachines, [plane.overdue, dashboard]);
    this.#addOutputs();
  }

  /**
   * State machines change when all else stands: their executions go on with the version of the step function that they
   * began with, and a deployment that fails takes the version away that it has made. What shows or hears the sweep comes
   * after them.
   */
  #changeLast(machines: readonly IConstruct[], afterwards: readonly IConstruct[]): void {
    const resources = (constructs: readonly IConstruct[]) =>
      constructs
        .flatMap(({ node }) => node.findAll())
        .filter((each): each is CfnResource => CfnResource.isCfnResource(each) && each.stack === this);
    const [last, after] = [resources(machines), resources(afterwards)];
    const before = resources([this]).filter((each) => !last.includes(each) && !after.includes(each));
    const machinesOf = last.filter(
      ({ cfnResourceType }) => cfnResourceType === CfnStateMachine.CFN_RESOURCE_TYPE_NAME,
    );
    for (const machine of machinesOf) {
      for (const resource of before) machine.addResourceDependency(resource);
      for (const resource of after) resource.addResourceDependency(machine);
    }
  }

  #addOutputs(): void {
    const { config } = this.#props;
    const output = (name: string, value: string, description: string) =>
      new CfnOutput(this, name, { value, description });
    const { url } = this.#api.restApi;
    output('ApiUrl', url, 'Base URL of the API');
    output('DocsUrl', `${url}docs`, 'Documentation of the API, for people');
    output(
      'HowToGetAToken',
      `npm run token -- --stage ${config.stage}`,
      'Prints an access token to try the API with',
    );
  }

  #addResource(resource: RegisteredResource): void {
    const { definition, actions } = resource;
    const { records } = this.#props.state.tables;
    const entries = resourceEntries(resource);
    const environment = { ...this.#httpEnvironment(), RECORDS_TABLE: records.tableName };
    const keyPrefixes = [`${definition.name}#`];
    const get = this.#functions.route({
      entry: entries.get,
      environment,
      statements: [tableAccess({ table: records, actions: ['dynamodb:GetItem'], keyPrefixes })],
    });
    const list = this.#functions.route({
      entry: entries.list,
      environment,
      statements: ['by-time', 'by-state'].map((index) =>
        tableAccess({ table: records, index, actions: ['dynamodb:Query'], keyPrefixes }),
      ),
    });
    this.#api.addRoute('GET', resourcePath(definition), get);
    this.#api.addRoute('GET', collectionPath(definition), list);
    const { history } = this.#props.state.tables;
    const reading = [
      tableAccess({ table: records, actions: ['dynamodb:GetItem'], keyPrefixes }),
      tableAccess({ table: history, actions: ['dynamodb:Query'], keyPrefixes }),
    ];
    const historyEnvironment = { ...environment, HISTORY_TABLE: history.tableName };
    this.#api.addRoute(
      'GET',
      `${resourcePath(definition)}/history`,
      this.#functions.route({ entry: entries.history, environment: historyEnvironment, statements: reading }),
    );
    for (const { definition: action } of actions) {
      const entry = entries.actions.get(action.name);
      if (entry !== undefined) this.#addAction(action, entry, environment);
    }
  }

  #addAction(action: Action, entry: FunctionEntry, environment: Readonly<Record<string, string>>): void {
    const { records, idempotency } = this.#props.state.tables;
    const keyPrefixes = [`${action.resource.name}#`];
    // A create keeps its receipt in its own item for good, so that it neither spills nor looks for spilled ones.
    const statements =
      action.from === undefined
        ? [tableAccess({ table: records, actions: ['dynamodb:GetItem', 'dynamodb:PutItem'], keyPrefixes })]
        : [
            tableAccess({
              table: records,
              actions: ['dynamodb:GetItem', 'dynamodb:UpdateItem'],
              keyPrefixes,
            }),
            tableAccess({
              table: idempotency,
              actions: ['dynamodb:GetItem', 'dynamodb:PutItem'],
              keyPrefixes,
            }),
            ...(action.operation === undefined
              ? []
              : [
                  tableAccess({
                    table: records,
                    actions: ['dynamodb:PutItem'],
                    keyPrefixes: [`${operations.name}#`],
                  }),
                ]),
          ];
    const actionEnvironment = { ...environment, IDEMPOTENCY_TABLE: idempotency.tableName };
    const handler = this.#functions.route({ entry, environment: actionEnvironment, statements });
    this.#api.addRoute('POST', actionPath(action), handler);
  }

  #authorizer(): IFunction {
    const { config, state } = this.#props;
    const rules = state.identity?.tokenRules ?? issuerRules(config);
    return this.#functions.authorizer({
      entry: authorizerEntry,
      environment: { TOKEN_RULES: this.toJsonString(rules) },
    });
  }

  #httpEnvironment(): Readonly<Record<string, string>> {
    const { allowOrigin, defaultApiVersion } = this.#props.config;
    return { ALLOW_ORIGIN: allowOrigin, DEFAULT_API_VERSION: defaultApiVersion };
  }
}

/** What the authorizer goes by, where the stage names an issuer. */
function issuerRules({ identity }: StageConfig) {
  if (identity === undefined) throw new Error('a stage without an issuer has a user pool');
  const {
    issuer,
    audience,
    claims,
    jwksUri = `${issuer.replace(/\/$/, '')}/.well-known/jwks.json`,
  } = identity;
  return { issuer, audience, jwksUri, claims };
}
