import { Duration } from 'aws-cdk-lib';
import { type Alarm, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as LambdaTarget } from 'aws-cdk-lib/aws-events-targets';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { Step } from '../../core/definitions/define-operation.ts';
import { operations } from '../../core/operations/operations.ts';
import type { Partner } from '../../core/partners/define-partner.ts';
import type { StageConfig } from '../../service/config.ts';
import { partnersOf, type Registry } from '../../service/registry.ts';
import type { Alarms } from '../alarms/alarms.ts';
import { watchExecutions, watchOperations } from '../alarms/operation-alarms.ts';
import type { WriteApi } from '../api/write-api.ts';
import { consumerEntry, workflowEntries } from '../bundles/function-entry.ts';
import type { Functions } from '../functions/functions.ts';
import { HistoryPlane } from '../tables/history-plane.ts';
import { followStream } from '../tables/table-stream.ts';
import { addOperationRoutes } from './operation-routes.ts';
import { OperationWorkflow, stateMachineArn } from './operation-workflow.ts';
import { consumerTimeout, PartnerQueue } from './partner-queue.ts';

/** What carries operations out is made from. */
export interface OperationsPlaneProps {
  readonly config: StageConfig;
  readonly registry: Registry;
  readonly records: TableV2;
  readonly api: WriteApi;
  readonly alarms: Alarms;
  readonly functions: Functions;
}

const MINUTE = Duration.minutes(1);

/** Everything that carries an accepted operation to its end: dispatcher, state machines, partners, callbacks and sweep. */
export class OperationsPlane extends Construct {
  readonly #props: OperationsPlaneProps;
  readonly stateMachines: readonly StateMachine[];
  /** Hears the sweep's silence, so that it is to be made when the sweep has run. */
  readonly overdue: Alarm;
  /** By the partner's name. */
  readonly queues: ReadonlyMap<string, PartnerQueue>;

  constructor(scope: Construct, id: string, props: OperationsPlaneProps) {
    super(scope, id);
    this.#props = props;
    const { config, registry, api, functions, alarms } = props;
    const entries = workflowEntries(registry);
    const operate = functions.pinned(entries.operate);
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
    const callback = functions.route(entries.callback);
    api.addRoute('POST', '/partners/{partner}/callbacks', callback, 'open');
    this.overdue = watchOperations(this, alarms);
    for (const { definition } of registry.operations) {
      watchExecutions(this, alarms, definition.name, stateMachineArn(this, config, definition.name));
    }
    addOperationRoutes(api, functions, registry);
  }

  #queueOf({ name }: Partner): PartnerQueue {
    const queue = this.queues.get(name);
    if (queue === undefined) throw new Error(`partner '${name}' has no queue`);
    return queue;
  }

  /** Hands a partner's commands to the one function that calls it. */
  #addPartner(partner: Partner): void {
    const { config, registry, functions, alarms } = this.#props;
    const { name } = partner;
    const timeout = consumerTimeout(partner);
    const consumer = functions.background(consumerEntry(partner, registry), { timeout });
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
      threshold: timeout.toSeconds() * 10,
      periods: 5,
      remedy: `Commands for ${name} wait longer than ten calls take: raise its concurrency, if it can take more, or look whether its consumer runs`,
    });
  }

  #addStream(): void {
    const { registry, records, functions, alarms } = this.#props;
    const dispatcher = functions.background(workflowEntries(registry).dispatcher);
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
    followStream(records, dispatcher, failures, [operations.name]);
    new HistoryPlane(this, 'History', { registry, records, functions, alarms });
  }

  #addSweep(): void {
    const { registry, functions } = this.#props;
    // It begins each minute, and goes as far as its time reaches.
    const timeout = Duration.seconds(50);
    const sweep = functions.background(workflowEntries(registry).sweep, { timeout });
    new Rule(this, 'SweepRule', {
      schedule: Schedule.rate(Duration.minutes(1)),
      targets: [new LambdaTarget(sweep)],
    });
  }
}
