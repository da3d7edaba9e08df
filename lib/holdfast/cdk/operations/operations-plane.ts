import { ArnFormat, Duration, Stack } from 'aws-cdk-lib';
import { type Alarm, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as LambdaTarget } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { Step } from '../../core/definitions/define-operation.ts';
import { operations } from '../../core/operations/operations.ts';
import type { Partner } from '../../core/partners/define-partner.ts';
import type { StageConfig } from '../../service/config.ts';
import { partnerUrls } from '../../service/partner-urls.ts';
import { partnersOf, type Registry } from '../../service/registry.ts';
import type { Alarms } from '../alarms/alarms.ts';
import { watchExecutions, watchOperations } from '../alarms/operation-alarms.ts';
import type { WriteApi } from '../api/write-api.ts';
import { consumerEntry, workflowEntries } from '../bundles/function-entry.ts';
import type { Functions } from '../functions/functions.ts';
import { HistoryPlane } from '../tables/history-plane.ts';
import type { Tables } from '../tables/records-table.ts';
import { tableAccess } from '../tables/table-access.ts';
import { followStream } from '../tables/table-stream.ts';
import { addOperationRoutes } from './operation-routes.ts';
import { OperationWorkflow, stateMachineName } from './operation-workflow.ts';
import { consumerTimeout, PartnerQueue } from './partner-queue.ts';
import { type PartnerSecrets, readingCredentials } from './partner-secrets.ts';

/** What carries operations out is made from. */
export interface OperationsPlaneProps {
  readonly config: StageConfig;
  readonly registry: Registry;
  readonly tables: Tables;
  readonly partnerSecrets: PartnerSecrets;
  readonly api: WriteApi;
  readonly alarms: Alarms;
  readonly functions: Functions;
  readonly httpEnvironment: Readonly<Record<string, string>>;
}

const MINUTE = Duration.minutes(1);

/** Everything that carries an accepted operation to its end: dispatcher, state machines, partners, callbacks and sweep. */
export class OperationsPlane extends Construct {
  readonly #props: OperationsPlaneProps;
  readonly #environment: Readonly<Record<string, string>>;
  readonly stateMachines: readonly StateMachine[];
  /** Hears the sweep's silence, so that it is to be made when the sweep has run. */
  readonly overdue: Alarm;
  /** By the partner's name. */
  readonly queues: ReadonlyMap<string, PartnerQueue>;

  constructor(scope: Construct, id: string, props: OperationsPlaneProps) {
    super(scope, id);
    this.#props = props;
    const { config, registry, tables, partnerSecrets, api, functions, alarms } = props;
    const entries = workflowEntries(registry);
    const machines = Object.fromEntries(
      registry.operations.map(({ definition }) => [definition.name, this.#arn(definition.name)]),
    );
    const { urls, tokenUrls } = partnerUrls(config, partnersOf(registry));
    this.#environment = {
      ...props.httpEnvironment,
      RECORDS_TABLE: tables.records.tableName,
      STATE_MACHINES: JSON.stringify(machines),
      PARTNER_URLS: JSON.stringify(urls),
      PARTNER_TOKEN_URLS: JSON.stringify(tokenUrls),
    };
    const operate = functions.pinned({
      entry: entries.operate,
      environment: this.#environment,
      statements: [this.#ending(), ...this.#tokens()],
    });
    this.queues = new Map(
      partnersOf(registry).map((partner) => [
        partner.name,
        new PartnerQueue(this, `${partner.name}-queue`, partner),
      ]),
    );
    const queueOf = ({ partner }: Step) => this.#queueOf(partner).queue;
    this.stateMachines = registry.operations.map(({ definition: operation }) => {
      const workflow = new OperationWorkflow(this, operation.name, { operation, operate, config, queueOf });
      return workflow.stateMachine;
    });
    for (const partner of partnersOf(registry)) this.#addPartner(partner);
    this.#addStream();
    this.#addSweep();
    const meeting = tableAccess({
      table: tables.records,
      actions: ['dynamodb:UpdateItem'],
      keyPrefixes: ['references#'],
    });
    const callback = functions.route({
      entry: entries.callback,
      environment: {
        ...this.#environment,
        CALLBACK_SECRETS: Stack.of(this).toJsonString(partnerSecrets.callbackIds),
      },
      statements: [this.#ending(), meeting, ...this.#tokens(), ...partnerSecrets.readingCallbacks()],
    });
    api.addRoute('POST', '/partners/{partner}/callbacks', callback, 'open');
    this.overdue = watchOperations(this, alarms);
    for (const { definition } of registry.operations) {
      watchExecutions(this, alarms, definition.name, this.#arn(definition.name));
    }
    addOperationRoutes(props);
  }

  #queueOf({ name }: Partner): PartnerQueue {
    const queue = this.queues.get(name);
    if (queue === undefined) throw new Error(`partner '${name}' has no queue`);
    return queue;
  }

  /** Hands a partner's commands to the one function that calls it. */
  #addPartner(partner: Partner): void {
    const { config, registry, tables, functions, alarms } = this.#props;
    const { name } = partner;
    const proving = readingCredentials(this, config, partner);
    const counting = tableAccess({
      table: tables.records,
      actions: ['dynamodb:UpdateItem'],
      keyPrefixes: ['partners#'],
    });
    const expecting = tableAccess({
      table: tables.records,
      actions: ['dynamodb:GetItem', 'dynamodb:UpdateItem'],
      keyPrefixes: ['references#'],
    });
    const keeping = tableAccess({
      table: tables.idempotency,
      actions: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'],
      keyPrefixes: ['commands#'],
    });
    const calling = partner.callback === undefined ? [counting, keeping] : [counting, keeping, expecting];
    const consumer = functions.background({
      entry: consumerEntry(partner, registry),
      environment: { ...this.#environment, IDEMPOTENCY_TABLE: tables.idempotency.tableName },
      // What it reports may be the operation's end, which moves the resource.
      statements: [
        this.#changing(...resourcesOf(partner, registry)),
        ...calling,
        ...proving,
        ...this.#tokens(),
      ],
      timeout: consumerTimeout(partner),
    });
    const queue = this.#queueOf(partner);
    queue.consumedBy(consumer, partner);
    alarms.onDeadLetters(
      this,
      name,
      queue.deadLetters,
      `A command for ${name} could not be handled: fix the cause in the log of partner-${name}, then npm run redrive -- --stage ${config.stage}`,
    );
    alarms.whenAny(this, {
      name: `${name}-waits`,
      metric: queue.queue.metricApproximateAgeOfOldestMessage({ period: MINUTE, statistic: Stats.MAXIMUM }),
      threshold: consumerTimeout(partner).toSeconds() * 10,
      periods: 5,
      remedy: `Commands for ${name} wait longer than ten calls take: raise its concurrency, if it can take more, or look whether its consumer runs`,
    });
  }

  /** Reading and changing an operation, and the resources named. */
  #changing(...resources: readonly string[]): PolicyStatement {
    return tableAccess({
      table: this.#props.tables.records,
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
  #tokens(): readonly PolicyStatement[] {
    return this.#onMachines(['states:SendTaskSuccess']);
  }

  /** Calls about our own state machines; none where a service has no operation, since a statement without a resource is no policy. */
  #onMachines(actions: string[]): readonly PolicyStatement[] {
    const resources = this.#arns();
    return resources.length === 0 ? [] : [new PolicyStatement({ actions, resources })];
  }

  #addStream(): void {
    const { registry, tables, functions, alarms } = this.#props;
    const starting = this.#onMachines(['states:StartExecution', 'states:SendTaskSuccess']);
    const dispatcher = functions.background({
      entry: workflowEntries(registry).dispatcher,
      environment: this.#environment,
      statements: starting,
    });
    const failures = new Queue(this, 'dispatcher-failures', {
      retentionPeriod: Duration.days(14),
      enforceSSL: true,
    });
    alarms.onDeadLetters(
      this,
      'dispatcher',
      failures,
      'The dispatcher could not handle records of the stream: fix the cause in its log; the sweep starts what it left',
    );
    alarms.onFallingBehind(this, 'dispatcher', dispatcher);
    followStream(tables.records, dispatcher, failures, [operations.name]);
    new HistoryPlane(this, 'History', { registry, tables, functions, alarms });
  }

  #addSweep(): void {
    const { registry, tables, functions } = this.#props;
    const starting = this.#onMachines(['states:StartExecution']);
    const overdue = tableAccess({
      table: tables.records,
      index: 'by-due',
      actions: ['dynamodb:Query'],
      keys: [`${operations.name}#due`],
      keyPrefixes: [`${operations.name}#due#`],
    });
    const sweep = functions.background({
      entry: workflowEntries(registry).sweep,
      environment: this.#environment,
      statements: [this.#changing(), overdue, ...starting, ...this.#tokens()],
      // It begins each minute, and goes as far as its time reaches.
      timeout: Duration.seconds(50),
    });
    new Rule(this, 'SweepRule', {
      schedule: Schedule.rate(Duration.minutes(1)),
      targets: [new LambdaTarget(sweep)],
    });
  }

  /** Written out, since a function that names its own state machine by reference would depend on itself. */
  #arn(operation: string): string {
    return Stack.of(this).formatArn({
      service: 'states',
      resource: `stateMachine:${stateMachineName(this.#props.config.namePrefix, operation)}`,
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
