import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Code, IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { Action } from '../../functions/core/define-action.ts';
import { operations } from '../../functions/core/operations.ts';
import { actionPath, collectionPath, resourcePath } from '../../functions/core/routes.ts';
import type { StageConfig } from '../config.ts';
import { addDocs } from '../constructs/docs-site.ts';
import { functionMaker, type MakeFunction } from '../constructs/functions.ts';
import { OperationsPlane } from '../constructs/operations-plane.ts';
import { tableAccess } from '../constructs/table-access.ts';
import { WriteApi } from '../constructs/write-api.ts';
import { authorizerEntry, type FunctionEntry, problemsEntry, resourceEntries } from '../function-entry.ts';
import type { RegisteredResource, Registry } from '../registry.ts';
import type { StateStack } from './state-stack.ts';

/** What the service is made of. */
export interface ServiceStackProps extends StackProps {
  readonly config: StageConfig;
  readonly registry: Registry;
  readonly state: StateStack;
  /** The bundle of an entry. */
  readonly code: (entry: FunctionEntry) => Code;
}

/** Everything that a deployment may replace: the API and one function for each of its routes. */
export class ServiceStack extends Stack {
  readonly #props: ServiceStackProps;
  readonly #api: WriteApi;
  readonly #make: MakeFunction;

  constructor(scope: Construct, id: string, props: ServiceStackProps) {
    const { config, registry, state, code, ...stackProps } = props;
    super(scope, id, { description: `Holdfast, stage ${config.stage}: API and functions`, ...stackProps });
    this.#props = props;
    this.#make = functionMaker(this, config, code);
    this.#api = new WriteApi(this, 'WriteApi', { config, authorizer: this.#authorizer() });
    const problems = this.#make(problemsEntry(registry.resources), this.#httpEnvironment());
    this.#api.addRoute('GET', '/problems', problems, 'open');
    this.#api.addRoute('GET', '/problems/{code}', problems, 'open');
    addDocs(this.#api, this.#make, this.#httpEnvironment());
    for (const resource of registry.resources) this.#addResource(resource);
    new OperationsPlane(this, 'Operations', {
      config,
      registry,
      state,
      api: this.#api,
      make: this.#make,
      httpEnvironment: this.#httpEnvironment(),
    });
    new CfnOutput(this, 'ApiUrl', { value: this.#api.restApi.url, description: 'Base URL of the API' });
  }

  #addResource(resource: RegisteredResource): void {
    const { definition, actions } = resource;
    const { records } = this.#props.state;
    const entries = resourceEntries(resource);
    const environment = { ...this.#httpEnvironment(), RECORDS_TABLE: records.tableName };
    const keyPrefixes = [`${definition.name}#`];
    const get = this.#make(entries.get, environment, [
      tableAccess({ table: records, actions: ['dynamodb:GetItem'], keyPrefixes }),
    ]);
    const list = this.#make(
      entries.list,
      environment,
      ['by-time', 'by-state'].map((index) =>
        tableAccess({ table: records, index, actions: ['dynamodb:Query'], keyPrefixes }),
      ),
    );
    this.#api.addRoute('GET', resourcePath(definition), get);
    this.#api.addRoute('GET', collectionPath(definition), list);
    const { history } = this.#props.state;
    const reading = [
      tableAccess({ table: records, actions: ['dynamodb:GetItem'], keyPrefixes }),
      tableAccess({ table: history, actions: ['dynamodb:Query'], keyPrefixes }),
    ];
    const historyEnvironment = { ...environment, HISTORY_TABLE: history.tableName };
    this.#api.addRoute(
      'GET',
      `${resourcePath(definition)}/history`,
      this.#make(entries.history, historyEnvironment, reading),
    );
    for (const { definition: action } of actions) {
      const entry = entries.actions.get(action.name);
      if (entry !== undefined) this.#addAction(action, entry, environment);
    }
  }

  #addAction(action: Action, entry: FunctionEntry, environment: Readonly<Record<string, string>>): void {
    const { records, idempotency } = this.#props.state;
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
    this.#api.addRoute('POST', actionPath(action), this.#make(entry, actionEnvironment, statements));
  }

  #authorizer(): IFunction {
    const { issuer, audience, jwksUri, claims } = this.#props.config.identity;
    return this.#make(authorizerEntry, {
      ISSUER: issuer,
      AUDIENCE: audience,
      JWKS_URI: jwksUri ?? `${issuer.replace(/\/$/, '')}/.well-known/jwks.json`,
      TENANT_CLAIM: claims.tenant,
      SUBJECT_CLAIM: claims.subject,
      SCOPES_CLAIM: claims.scopes,
    });
  }

  #httpEnvironment(): Readonly<Record<string, string>> {
    const { allowOrigin, defaultApiVersion } = this.#props.config;
    return { ALLOW_ORIGIN: allowOrigin, DEFAULT_API_VERSION: defaultApiVersion };
  }
}
