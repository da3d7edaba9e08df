import { ArnFormat, Duration, Stack } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Step } from '../../functions/core/define-operation.ts';
import { operations } from '../../functions/core/operations.ts';
import type { StageConfig } from '../config.ts';
import { consumerEntry, operationEntries, workflowEntries } from '../function-entry.ts';
import { partnersOf, type Registry } from '../registry.ts';
import type { StateStack } from '../stacks/state-stack.ts';
import { Alarms } from './alarms.ts';
import type { MakeFunction } from './functions.ts';
import { HistoryPlane } from './history-plane.ts';
import { OperationWorkflow } from './operation-workflow.ts';
import { consumerTimeout, PartnerQueue } from './partner-queue.ts';
import { tableAccess } from './table-access.ts';
import { followStream } from './table-stream.ts';
import type { WriteApi } from './write-api.ts';

/** What carries operations out is made from. */
export interface OperationsPlaneProps {
  readonly config: StageConfig;
  readonly registry: Registry;
  readonly state: StateStack;
  readonly api: WriteApi;
  readonly make: MakeFunction;
  readonly httpEnvironment: Readonly<Record<string, string>>;
}

/** Everything that carries an accepted operation to its end: dispatcher, state machines, partners, callbacks and sweep. */
export class OperationsPlane extends Construct {
  readonly #props: OperationsPlaneProps;
  readonly #environment: Readonly<Record<string, string>>;
  readonly #alarms: Alarms;

  constructor(scope: Construct, id: string, props: OperationsPlaneProps) {
    super(scope, id);
    this.#props = props;
    this.#alarms = new Alarms(this, 'Alarms', { stage: props.config.stage });
    const { config, registry, state, api, make } = props;
    const entries = workflowEntries(registry);
    const machines = Object.fromEntries(
      registry.operations.map(({ definition }) => [definition.name, this.#arn(definition.name)]),
    );
    const urls = Object.fromEntries(partnersOf(registry).map(({ name }) => [name, partnerUrl(config, name)]));
    this.#environment = {
      ...props.httpEnvironment,
      STAGE: config.stage,
      RECORDS_TABLE: state.records.tableName,
      STATE_MACHINES: JSON.stringify(machines),
      PARTNER_URLS: JSON.stringify(urls),
    };
    const operate = make(entries.operate, this.#environment, [...this.#changing(), this.#tokens()]);
    const queues = new Map(
      partnersOf(registry).map((partner) => [
        partner.name,
        new PartnerQueue(this, `${partner.name}-queue`, partner),
      ]),
    );
    const queueOf = ({ partner }: Step) => (queues.get(partner.name) as PartnerQueue).queue;
    for (const { definition: operation } of registry.operations) {
      new OperationWorkflow(this, operation.name, {
        operation,
        operate,
        queueOf,
        stateMachineName: this.#name(operation.name),
      });
    }
    for (const partner of partnersOf(registry)) {
      const calling = tableAccess({
        table: state.records,
        actions: ['dynamodb:GetItem', 'dynamodb:UpdateItem'],
        keyPrefixes: ['partners#', 'references#'],
      });
      const keeping = tableAccess({
        table: state.idempotency,
        actions: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'],
        keyPrefixes: ['commands#'],
      });
      const consumer = make(
        consumerEntry(partner, registry),
        { ...this.#environment, IDEMPOTENCY_TABLE: state.idempotency.tableName },
        [...this.#changing(), calling, keeping, this.#tokens()],
        consumerTimeout(partner),
      );
      const queue = queues.get(partner.name) as PartnerQueue;
      queue.consumedBy(consumer, partner);
      this.#alarms.onDeadLetters(
        partner.name,
        queue.deadLetters,
        `A command for ${partner.name} could not be handled: mend the cause in the log of partner-${partner.name}, then npm run redrive`,
      );
    }
    this.#addStream();
    this.#addSweep();
    const meeting = tableAccess({
      table: state.records,
      actions: ['dynamodb:UpdateItem'],
      keyPrefixes: ['references#'],
    });
    const callback = make(
      entries.callback,
      { ...this.#environment, CALLBACK_SECRETS: Stack.of(this).toJsonString(state.callbackSecrets) },
      [...this.#changing(), meeting, this.#tokens()],
    );
    api.addRoute('POST', '/partners/{partner}/callbacks', callback, 'open');
    this.#addApi();
  }

  /** Reading and changing an operation, and the resource that it ends with. */
  #changing(): PolicyStatement[] {
    const { registry, state } = this.#props;
    const resources = registry.operations.map(({ definition }) => `${definition.resource.name}#`);
    const keyPrefixes = [`${operations.name}#`, ...new Set(resources)];
    return [
      tableAccess({
        table: state.records,
        actions: ['dynamodb:GetItem', 'dynamodb:UpdateItem'],
        keyPrefixes,
      }),
    ];
  }

  /** Answering the tasks of our own state machines. */
  #tokens(): PolicyStatement {
    return new PolicyStatement({ actions: ['states:SendTaskSuccess'], resources: this.#arns() });
  }

  #addStream(): void {
    const { registry, state, make } = this.#props;
    const starting = new PolicyStatement({
      actions: ['states:StartExecution', 'states:SendTaskSuccess'],
      resources: this.#arns(),
    });
    const dispatcher = make(workflowEntries(registry).dispatcher, this.#environment, [starting]);
    const failures = new Queue(this, 'dispatcher-failures', {
      retentionPeriod: Duration.days(14),
      enforceSSL: true,
    });
    this.#alarms.onDeadLetters(
      'dispatcher',
      failures,
      'The dispatcher could not handle records of the stream: mend the cause in its log; the sweep starts what it left',
    );
    followStream(state.records, dispatcher, failures, [operations.name]);
    new HistoryPlane(this, 'History', { registry, state, make, alarms: this.#alarms });
  }

  #addSweep(): void {
    const { registry, state, make } = this.#props;
    const looking = new PolicyStatement({
      actions: ['states:StartExecution', 'states:DescribeExecution'],
      resources: [
        ...this.#arns(),
        ...this.#arns().map((arn) => `${arn.replace(':stateMachine:', ':execution:')}:*`),
      ],
    });
    const overdue = tableAccess({
      table: state.records,
      index: 'by-due',
      actions: ['dynamodb:Query'],
      keyPrefixes: [`${operations.name}#due`],
    });
    const sweep = make(workflowEntries(registry).sweep, this.#environment, [
      ...this.#changing(),
      overdue,
      looking,
    ]);
    new Rule(this, 'SweepRule', {
      schedule: Schedule.rate(Duration.minutes(1)),
      targets: [new LambdaFunction(sweep)],
    });
  }

  #addApi(): void {
    const { state, api, make, httpEnvironment } = this.#props;
    const { records, idempotency } = state;
    const keyPrefixes = [`${operations.name}#`];
    const environment = {
      ...httpEnvironment,
      RECORDS_TABLE: records.tableName,
      IDEMPOTENCY_TABLE: idempotency.tableName,
    };
    const reading = tableAccess({ table: records, actions: ['dynamodb:GetItem'], keyPrefixes });
    const waiting = tableAccess({
      table: records,
      actions: ['dynamodb:UpdateItem'],
      keyPrefixes: ['waits#'],
    });
    const listing = ['by-time', 'by-state'].map((index) =>
      tableAccess({ table: records, index, actions: ['dynamodb:Query'], keyPrefixes }),
    );
    const changing = [
      tableAccess({ table: records, actions: ['dynamodb:GetItem', 'dynamodb:UpdateItem'], keyPrefixes }),
      tableAccess({ table: idempotency, actions: ['dynamodb:GetItem', 'dynamodb:PutItem'], keyPrefixes }),
    ];
    api.addRoute('GET', '/operations', make(operationEntries.list, environment, listing));
    // It waits as long as its client prefers, 20 seconds at most.
    api.addRoute(
      'GET',
      '/operations/{operationId}',
      make(operationEntries.get, environment, [reading, waiting], Duration.seconds(25)),
    );
    api.addRoute(
      'POST',
      '/operations/{operationId}/cancel',
      make(operationEntries.cancel, environment, changing),
    );
    api.addRoute(
      'POST',
      '/operations/{operationId}/resolve',
      make(operationEntries.resolve, environment, changing),
    );
  }

  #name(operation: string): string {
    return `holdfast-${this.#props.config.stage}-${operation}`;
  }

  /** Written out, since a function that names its own state machine by reference would depend on itself. */
  #arn(operation: string): string {
    return Stack.of(this).formatArn({
      service: 'states',
      resource: `stateMachine:${this.#name(operation)}`,
      arnFormat: ArnFormat.NO_RESOURCE_NAME,
    });
  }

  #arns(): string[] {
    return this.#props.registry.operations.map(({ definition }) => this.#arn(definition.name));
  }
}

function partnerUrl(config: StageConfig, name: string): string {
  const { url } = config.partners[name] ?? {};
  if (url !== undefined) return url;
  throw new Error(
    `partner '${name}' has no url in stage '${config.stage}'; add it to partners in lib/config.ts`,
  );
}
