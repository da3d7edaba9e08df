import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Code, IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { Action } from '../../functions/core/define-action.ts';
import { actionPath, collectionPath, resourcePath } from '../../functions/core/routes.ts';
import type { StageConfig } from '../config.ts';
import { ServiceFunction } from '../constructs/service-function.ts';
import { tableAccess } from '../constructs/table-access.ts';
import { WriteApi } from '../constructs/write-api.ts';
import { authorizerEntry, type FunctionEntry, problemsEntry, resourceEntries } from '../function-entry.ts';
import type { RegisteredResource } from '../registry.ts';
import type { StateStack } from './state-stack.ts';

/** What the service is made of. */
export interface ServiceStackProps extends StackProps {
  readonly config: StageConfig;
  readonly resources: readonly RegisteredResource[];
  readonly state: StateStack;
  /** The bundle of an entry. */
  readonly code: (entry: FunctionEntry) => Code;
}

/** Everything that a deployment may replace: the API and one function for each of its routes. */
export class ServiceStack extends Stack {
  readonly #props: ServiceStackProps;
  readonly #api: WriteApi;

  constructor(scope: Construct, id: string, props: ServiceStackProps) {
    const { config, resources, state: _state, code: _code, ...stackProps } = props;
    super(scope, id, { description: `Holdfast, stage ${config.stage}: API and functions`, ...stackProps });
    this.#props = props;
    this.#api = new WriteApi(this, 'WriteApi', { config, authorizer: this.#authorizer() });
    const problems = this.#function(problemsEntry(resources), this.#httpEnvironment());
    this.#api.addRoute('GET', '/problems', problems, 'open');
    this.#api.addRoute('GET', '/problems/{code}', problems, 'open');
    for (const resource of resources) this.#addResource(resource);
    new CfnOutput(this, 'ApiUrl', { value: this.#api.restApi.url, description: 'Base URL of the API' });
  }

  #addResource(resource: RegisteredResource): void {
    const { definition, actions } = resource;
    const { records } = this.#props.state;
    const entries = resourceEntries(resource);
    const environment = { ...this.#httpEnvironment(), RECORDS_TABLE: records.tableName };
    const keyPrefix = `${definition.name}#`;
    const get = this.#function(entries.get, environment, [
      tableAccess({ table: records, actions: ['dynamodb:GetItem'], keyPrefix }),
    ]);
    const list = this.#function(
      entries.list,
      environment,
      ['by-time', 'by-state'].map((index) =>
        tableAccess({ table: records, index, actions: ['dynamodb:Query'], keyPrefix }),
      ),
    );
    this.#api.addRoute('GET', resourcePath(definition), get);
    this.#api.addRoute('GET', collectionPath(definition), list);
    for (const { definition: action } of actions) {
      const entry = entries.actions.get(action.name);
      if (entry !== undefined) this.#addAction(action, entry, environment);
    }
  }

  #addAction(action: Action, entry: FunctionEntry, environment: Readonly<Record<string, string>>): void {
    const { records, idempotency } = this.#props.state;
    const keyPrefix = `${action.resource.name}#`;
    // A create keeps its receipt in its own item for good, so that it neither spills nor looks for spilled ones.
    const statements =
      action.from === undefined
        ? [tableAccess({ table: records, actions: ['dynamodb:GetItem', 'dynamodb:PutItem'], keyPrefix })]
        : [
            tableAccess({ table: records, actions: ['dynamodb:GetItem', 'dynamodb:UpdateItem'], keyPrefix }),
            tableAccess({ table: idempotency, actions: ['dynamodb:GetItem', 'dynamodb:PutItem'], keyPrefix }),
          ];
    const actionEnvironment = { ...environment, IDEMPOTENCY_TABLE: idempotency.tableName };
    this.#api.addRoute('POST', actionPath(action), this.#function(entry, actionEnvironment, statements));
  }

  #authorizer(): IFunction {
    const { issuer, audience, jwksUri, claims } = this.#props.config.identity;
    return this.#function(authorizerEntry, {
      ISSUER: issuer,
      AUDIENCE: audience,
      JWKS_URI: jwksUri ?? `${issuer.replace(/\/$/, '')}/.well-known/jwks.json`,
      TENANT_CLAIM: claims.tenant,
      SUBJECT_CLAIM: claims.subject,
      SCOPES_CLAIM: claims.scopes,
    });
  }

  #httpEnvironment(): Readonly<Record<string, string>> {
    return { ALLOW_ORIGIN: this.#props.config.allowOrigin };
  }

  #function(
    entry: FunctionEntry,
    environment: Readonly<Record<string, string>>,
    statements: readonly PolicyStatement[] = [],
  ): IFunction {
    const { config, code } = this.#props;
    return new ServiceFunction(this, entry.name, {
      entry,
      config,
      code: code(entry),
      environment,
      statements,
    }).function;
  }
}
