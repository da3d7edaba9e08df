import { ArnFormat, Duration, Stack } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITable, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as LambdaTarget } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { FilterCriteria, type Function as LambdaFunction, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource, SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Step } from '../../functions/core/define-operation.ts';
import type { Partner } from '../../functions/core/define-partner.ts';
import { BREAKER_OPENED, NEEDS_ATTENTION, OVERDUE } from '../../functions/core/metric-names.ts';
import { operations } from '../../functions/core/operations.ts';
import type { StageConfig } from '../config.ts';
import { consumerEntry, type FunctionEntry, operationEntries, workflowEntries } from '../function-entry.ts';
import { partnersOf, type Registry } from '../registry.ts';
import type { StateStack } from '../stacks/state-stack.ts';
import type { Alarms } from './alarms.ts';
import type { Functions } from './functions.ts';
import { OperationWorkflow, stateMachineName } from './operation-workflow.ts';
import { consumerTimeout, PartnerQueue } from './partner-queue.ts';
import { tableAccess } from './table-access.ts';
import type { WriteApi } from './write-api.ts';

/** What carries operations out is made from. */
export interface OperationsPlaneProps {
  readonly config: StageConfig;
  readonly registry: Registry;
  readonly state: StateStack;
  readonly api: WriteApi;
  readonly alarms: Alarms;
  readonly functions: Functions;
  readonly httpEnvironment: Readonly<Record<string, string>>;
}

const MINUTE = Duration.minutes(1);

/** Followers of the stream are a second behind it; what they are told of is older by then than anybody expects. */
const BEHIND = Duration.minutes(5);

/** A record that fails so often is set aside with its shard's position; the sweep finds what it would have started. */
const STREAM_RETRIES = 10;

/** Everything that carries an accepted operation to its end: dispatcher, state machines, partners, callbacks and sweep. */
export class OperationsPlane extends Construct {
  readonly #props: OperationsPlaneProps;
  readonly #environment: Readonly<Record<string, string>>;
  /** By the partner's name. */
  readonly queues: ReadonlyMap<string, PartnerQueue>;

  constructor(scope: Construct, id: string, props: OperationsPlaneProps) {
    super(scope, id);
    this.#props = props;
    const { config, registry, state, api, functions } = props;
    const entries = workflowEntries(registry);
    const machines = Object.fromEntries(
      registry.operations.map(({ definition }) => [definition.name, this.#arn(definition.name)]),
    );
    const urls = Object.fromEntries(partnersOf(registry).map(({ name }) => [name, partnerUrl(config, name)]));
    this.#environment = {
      ...props.httpEnvironment,
      RECORDS_TABLE: state.records.tableName,
      STATE_MACHINES: JSON.stringify(machines),
      PARTNER_URLS: JSON.stringify(urls),
    };
    const operate = functions.pinned({
      entry: entries.operate,
      environment: this.#environment,
      statements: [this.#ending(), this.#tokens()],
    });
    this.queues = new Map(
      partnersOf(registry).map((partner) => [
        partner.name,
        new PartnerQueue(this, `${partner.name}-queue`, partner),
      ]),
    );
    const queueOf = ({ partner }: Step) => (this.queues.get(partner.name) as PartnerQueue).queue;
    for (const { definition: operation } of registry.operations) {
      new OperationWorkflow(this, operation.name, {
        operation,
        operate,
        config,
        queueOf,
      });
    }
    for (const partner of partnersOf(registry)) this.#addPartner(partner);
    this.#addStream();
    this.#addSweep();
    const meeting = tableAccess({
      table: state.records,
      actions: ['dynamodb:UpdateItem'],
      keyPrefixes: ['references#'],
    });
    const secrets = Object.entries(state.callbackSecrets).map(([name, { secretArn }]) => [name, secretArn]);
    const verifying = new PolicyStatement({
      actions: ['secretsmanager:GetSecretValue'],
      resources: secrets.map(([, arn]) => String(arn)),
    });
    const callback = functions.route({
      entry: entries.callback,
      environment: {
        ...this.#environment,
        CALLBACK_SECRETS: Stack.of(this).toJsonString(Object.fromEntries(secrets)),
      },
      statements: [this.#ending(), meeting, this.#tokens(), ...(secrets.length > 0 ? [verifying] : [])],
    });
    api.addRoute('POST', '/partners/{partner}/callbacks', callback, 'open');
    this.#watchOperations();
    this.#addApi();
  }

  /** Hands a partner's commands to the one function that calls it. */
  #addPartner(partner: Partner): void {
    const { registry, state, functions, alarms } = this.#props;
    const { name } = partner;
    const counting = tableAccess({
      table: state.records,
      actions: ['dynamodb:UpdateItem'],
      keyPrefixes: ['partners#'],
    });
    const expecting = tableAccess({
      table: state.records,
      actions: ['dynamodb:GetItem', 'dynamodb:UpdateItem'],
      keyPrefixes: ['references#'],
    });
    // A command is made from the resource, which the consumer never changes.
    const reading = tableAccess({
      table: state.records,
      actions: ['dynamodb:GetItem'],
      keyPrefixes: resourcesOf(partner, registry).map((type) => `${type}#`),
    });
    const calling = partner.callback === undefined ? [counting] : [counting, expecting];
    const consumer = functions.background({
      entry: consumerEntry(partner, registry),
      environment: this.#environment,
      statements: [this.#changing(), reading, ...calling, this.#tokens()],
      timeout: consumerTimeout(partner),
    });
    const queue = this.queues.get(name) as PartnerQueue;
    queue.consumedBy(consumer, partner);
    alarms.whenAny(this, {
      name: `${name}-dead-letters`,
      metric: deadLetters(queue.deadLetters),
      remedy: `A command for ${name} could not be handled: mend the cause in the log of partner-${name}, then npm run redrive`,
    });
    alarms.whenAny(this, {
      name: `${name}-waits`,
      metric: queue.queue.metricApproximateAgeOfOldestMessage({ period: MINUTE, statistic: Stats.MAXIMUM }),
      threshold: consumerTimeout(partner).toSeconds() * 10,
      periods: 5,
      remedy: `Commands for ${name} wait longer than ten calls take: raise its concurrency, if it can take more, or look whether its consumer runs`,
    });
  }

  /** Sounds when operations do not come along by themselves. */
  #watchOperations(): void {
    const { alarms } = this.#props;
    alarms.whenAny(this, {
      name: 'needs-attention',
      metric: alarms.counted(NEEDS_ATTENTION),
      remedy:
        'An operation needs a person: npm run operation -- show ID tells what happened, POST /operations/ID/resolve ends it',
    });
    alarms.whenAny(this, {
      name: 'overdue',
      metric: alarms.counted(OVERDUE),
      periods: 10,
      remedy:
        'Operations are past their time for ten minutes, although the sweep visits them: look into the log of sweep, and whether Step Functions throttles',
    });
    alarms.whenAny(this, {
      name: 'breaker-open',
      metric: alarms.counted(BREAKER_OPENED),
      remedy:
        'A partner failed so often that it is left alone for a while; operations wait and go on by themselves: the log of its consumer names it, ask it when it will be back',
    });
  }

  /** Reading and changing an operation, and the resources named. */
  #changing(...resources: readonly string[]): PolicyStatement {
    return tableAccess({
      table: this.#props.state.records,
      actions: ['dynamodb:GetItem', 'dynamodb:UpdateItem'],
      keyPrefixes: [operations.name, ...new Set(resources)].map((name) => `${name}#`),
    });
  }

  /** Changing an operation up to its end, which moves its resource as well. */
  #ending(): PolicyStatement {
    return this.#changing(
      ...this.#props.registry.operations.map(({ definition }) => definition.resource.name),
    );
  }

  /** Answering the tasks of our own state machines. */
  #tokens(): PolicyStatement {
    return new PolicyStatement({ actions: ['states:SendTaskSuccess'], resources: this.#arns() });
  }

  #addStream(): void {
    const { registry, state, functions } = this.#props;
    const entries = workflowEntries(registry);
    const starting = new PolicyStatement({
      actions: ['states:StartExecution', 'states:SendTaskSuccess'],
      resources: this.#arns(),
    });
    const dispatcher = functions.background({
      entry: entries.dispatcher,
      environment: this.#environment,
      statements: [starting],
    });
    this.#follow(state.records, dispatcher, 'dispatcher', {
      dynamodb: { Keys: { pk: { S: [{ prefix: `${operations.name}#` }] } } },
    });
    const prefixes = [operations.name, ...registry.resources.map(({ definition }) => definition.name)].map(
      (name) => ({ prefix: `${name}#` }),
    );
    const writing = tableAccess({
      table: state.history,
      actions: ['dynamodb:PutItem'],
      keyPrefixes: registry.resources.map(({ definition }) => `${definition.name}#`),
    });
    const history = functions.background({
      entry: entries.history,
      environment: { HISTORY_TABLE: state.history.tableName },
      statements: [writing],
    });
    this.#follow(state.records, history, 'history', { dynamodb: { Keys: { pk: { S: prefixes } } } });
  }

  #follow(table: TableV2, handler: LambdaFunction, name: string, pattern: Record<string, unknown>): void {
    const failures = new Queue(this, `${name}-failures`, {
      retentionPeriod: Duration.days(14),
      enforceSSL: true,
    });
    const { alarms } = this.#props;
    alarms.whenAny(this, {
      name: `${name}-dead-letters`,
      metric: deadLetters(failures),
      remedy: `The ${name} could not handle records of the stream: mend the cause in its log; the sweep starts what it left`,
    });
    alarms.whenAny(this, {
      name: `${name}-behind`,
      metric: handler.metric('IteratorAge', { period: MINUTE, statistic: Stats.MAXIMUM }),
      threshold: BEHIND.toMilliseconds(),
      periods: 5,
      remedy: `The ${name} is minutes behind the table's stream, which keeps a day: look into its log, and whether Lambda throttles it`,
    });
    handler.addEventSource(
      new DynamoEventSource(table as ITable, {
        startingPosition: StartingPosition.TRIM_HORIZON,
        batchSize: 100,
        bisectBatchOnError: true,
        retryAttempts: STREAM_RETRIES,
        reportBatchItemFailures: true,
        onFailure: new SqsDlq(failures),
        filters: [FilterCriteria.filter(pattern)],
      }),
    );
  }

  #addSweep(): void {
    const { registry, state, functions } = this.#props;
    const starting = new PolicyStatement({ actions: ['states:StartExecution'], resources: this.#arns() });
    const looking = new PolicyStatement({
      actions: ['states:DescribeExecution'],
      resources: this.#arns().map((arn) => `${arn.replace(':stateMachine:', ':execution:')}:*`),
    });
    const overdue = tableAccess({
      table: state.records,
      index: 'by-due',
      actions: ['dynamodb:Query'],
      keyPrefixes: [`${operations.name}#due`],
    });
    const sweep = functions.background({
      entry: workflowEntries(registry).sweep,
      environment: this.#environment,
      statements: [this.#changing(), overdue, starting, looking, this.#tokens()],
    });
    new Rule(this, 'SweepRule', {
      schedule: Schedule.rate(Duration.minutes(1)),
      targets: [new LambdaTarget(sweep)],
    });
  }

  #addApi(): void {
    const { state, api, functions, httpEnvironment } = this.#props;
    const { records, idempotency } = state;
    const keyPrefixes = [`${operations.name}#`];
    const environment = {
      ...httpEnvironment,
      RECORDS_TABLE: records.tableName,
      IDEMPOTENCY_TABLE: idempotency.tableName,
    };
    const reading = tableAccess({ table: records, actions: ['dynamodb:GetItem'], keyPrefixes });
    const listing = ['by-time', 'by-state'].map((index) =>
      tableAccess({ table: records, index, actions: ['dynamodb:Query'], keyPrefixes }),
    );
    const changing = [
      tableAccess({ table: records, actions: ['dynamodb:GetItem', 'dynamodb:UpdateItem'], keyPrefixes }),
      tableAccess({ table: idempotency, actions: ['dynamodb:GetItem', 'dynamodb:PutItem'], keyPrefixes }),
    ];
    const { list, get, cancel, resolve } = operationEntries;
    const one = '/operations/{operationId}';
    const route = (entry: FunctionEntry, statements: readonly PolicyStatement[], timeout?: Duration) =>
      functions.route({ entry, environment, statements, ...(timeout && { timeout }) });
    api.addRoute('GET', '/operations', route(list, listing));
    // It waits as long as its client prefers, 20 seconds at most.
    api.addRoute('GET', one, route(get, [reading], Duration.seconds(25)));
    api.addRoute('POST', `${one}/cancel`, route(cancel, changing));
    api.addRoute('POST', `${one}/resolve`, route(resolve, changing));
  }

  /** Written out, since a function that names its own state machine by reference would depend on itself. */
  #arn(operation: string): string {
    return Stack.of(this).formatArn({
      service: 'states',
      resource: `stateMachine:${stateMachineName(this.#props.config.stage, operation)}`,
      arnFormat: ArnFormat.NO_RESOURCE_NAME,
    });
  }

  #arns(): string[] {
    return this.#props.registry.operations.map(({ definition }) => this.#arn(definition.name));
  }
}

/** Names of the resources whose operations have a step with the partner. */
const resourcesOf = (partner: Partner, { operations }: Registry): readonly string[] => {
  const calling = operations.filter(({ definition }) =>
    definition.steps.some((step) => step.partner === partner),
  );
  return [...new Set(calling.map(({ definition }) => definition.resource.name))];
};

function partnerUrl(config: StageConfig, name: string): string {
  const { url } = config.partners[name] ?? {};
  if (url !== undefined) return url;
  throw new Error(
    `partner '${name}' has no url in stage '${config.stage}'; add it to partners in lib/config.ts`,
  );
}

const deadLetters = (queue: Queue) =>
  queue.metricApproximateNumberOfMessagesVisible({ period: MINUTE, statistic: Stats.MAXIMUM });
