import { Duration } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { consumerSeconds, type Partner } from '../../core/partners/define-partner.ts';

/** A message that was received so often is poison: it goes to the dead-letter queue. */
const MAX_RECEIVES = 5;

/** How long its consumer may take for one command of a partner. */
export const consumerTimeout = (partner: Partner): Duration => Duration.seconds(consumerSeconds(partner));

/** Commands for one partner, one at a time for each of its consumers; what cannot be handled is kept aside for 14 days. */
export class PartnerQueue extends Construct {
  readonly queue: Queue;
  /** What its consumer could not handle. */
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, partner: Partner) {
    super(scope, id);
    this.deadLetters = new Queue(this, 'DeadLetters', {
      retentionPeriod: Duration.days(14),
      enforceSSL: true,
    });
    this.queue = new Queue(this, 'Queue', {
      // Six times its function's timeout, as AWS asks, so that no message comes again while it is handled.
      visibilityTimeout: Duration.seconds(consumerTimeout(partner).toSeconds() * 6),
      retentionPeriod: Duration.days(4),
      enforceSSL: true,
      deadLetterQueue: {
        queue: this.deadLetters,
        maxReceiveCount: MAX_RECEIVES,
      },
    });
  }

  /** Lets the consumer take what comes. */
  consumedBy(consumer: IFunction, partner: Partner): void {
    consumer.addEventSource(
      new SqsEventSource(this.queue, {
        batchSize: 1,
        maxConcurrency: partner.concurrency,
        reportBatchItemFailures: true,
      }),
    );
  }
}
