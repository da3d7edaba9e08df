import { CfnOutput, CfnResource, Stack, type StackProps } from 'aws-cdk-lib';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import { CfnStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct, IConstruct } from 'constructs';
import { actionPath, collectionPath, resourcePath } from '../../core/definitions/routes.ts';
import type { StageConfig } from '../../service/config.ts';
import type { RegisteredResource, Registry } from '../../service/registry.ts';
import { Alarms } from '../alarms/alarms.ts';
import { watchApi } from '../alarms/api-alarms.ts';
import { Canary } from '../alarms/canary.ts';
import { addDocs } from '../api/docs-site.ts';
import { WriteApi } from '../api/write-api.ts';
import {
  authorizerEntry,
  type DeclaredEntry,
  type FunctionEntry,
  problemsEntry,
  resourceEntries,
  statusEntry,
} from '../bundles/function-entry.ts';
import { Functions } from '../functions/functions.ts';
import { reservations } from '../functions/reserved-concurrency.ts';
import { ServiceDashboard } from '../operations/dashboard.ts';
import { OperationsPlane } from '../operations/operations-plane.ts';
import { type Nesting, Nests } from '../templates/nests.ts';
import { releaseMetadata } from '../templates/release-metadata.ts';
import { REMOVED_ROUTES, ROUTES_ANEW, removedRoutesMetadata } from '../templates/removed-routes.ts';
import type { State } from './state-stack.ts';
import { supplyOf } from './supply.ts';

/** What the service is made of. */
export interface ServiceStackProps extends StackProps {
  readonly config: StageConfig;
  readonly registry: Registry;
  readonly state: State;
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
    const released = releaseMetadata(config.service, registry);
    this.templateOptions.metadata = {
      holdfast: {
        ...released,
        ...removedRoutesMetadata(this.node.tryGetContext(REMOVED_ROUTES)),
      },
    };
    const alarms = new Alarms(this, 'Alarms', config);
    const canary = config.canary ? new Canary(this, 'Canary', { config, alarms }) : undefined;
    this.nests = new Nests(this, nesting);
    this.#functions = new Functions(this, {
      config,
      supply: supplyOf(this, props),
      code,
      canary,
      alarms,
      reserved: config.reserve === true ? reservations(registry) : [],
      scopeOf: ({ name }) => this.nests.of(name),
    });
    this.#api = new WriteApi(this, 'WriteApi', {
      config,
      authorizer: this.#functions.authorizer(authorizerEntry),
    });
    const problems = this.#functions.route(problemsEntry(registry));
    this.#api.addRoute('GET', '/problems', problems, 'open');
    this.#api.addRoute('GET', '/problems/{code}', problems, 'open');
    addDocs(this.#api, this.#functions);
    const status = statusEntry(registry, config);
    if (status !== undefined) this.#api.addRoute('GET', '/status', this.#functions.route(status), 'open');
    for (const resource of registry.resources) this.#addResource(resource);
    const plane = new OperationsPlane(this, 'Operations', {
      config,
      registry,
      records: state.tables.records,
      alarms,
      api: this.#api,
      functions: this.#functions,
    });
    if (this.node.tryGetContext(ROUTES_ANEW) !== undefined)
      this.#api.restApi.latestDeployment?.addToLogicalId(ROUTES_ANEW);
    watchApi(this, { alarms, api: this.#api.restApi });
    const { restApi: api } = this.#api;
    const dashboard = new ServiceDashboard(this, 'Dashboard', {
      config,
      alarms,
      api,
      queues: plane.queues,
      versions: Object.keys(released.versions ?? {})
        .sort()
        .reverse(),
    });
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
    const entries = resourceEntries(resource);
    const route = (entry: DeclaredEntry) => this.#functions.route(entry);
    const [get, list] = [route(entries.get), route(entries.list)];
    this.#api.addRoute('GET', resourcePath(definition), get);
    this.#api.addRoute('GET', collectionPath(definition), list);
    this.#api.addRoute('GET', `${resourcePath(definition)}/history`, route(entries.history));
    for (const { definition: action } of actions) {
      const entry = entries.actions.get(action.name);
      if (entry !== undefined) this.#api.addRoute('POST', actionPath(action), route(entry));
    }
  }
}
