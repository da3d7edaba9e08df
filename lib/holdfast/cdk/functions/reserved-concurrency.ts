import type { Partner } from '../../core/partners/define-partner.ts';
import { partnersOf, type Registry } from '../../service/registry.ts';
import { consumerEntry, workflowEntries } from '../bundles/function-entry.ts';

/** Executions that no other function of the account may take: as many as a function has at once, at least and at most. */
export interface Reservation {
  /** Name of the function: `dispatcher`. */
  readonly name: string;
  readonly executions: number;
  /** What would happen without it, and why so many are enough. */
  readonly why: string;
}

/**
 * What carries accepted operations on, from the table's stream to the partner and back: requests cannot take its place, and
 * one link that starves would stop the chain. None of these answers a request. A reservation is a ceiling as well, and one of
 * a function that clients call would be for whoever comes first to fill: the authorizer, actions, readers and callbacks share
 * what is left. Histories are left out: the stream keeps what they lack for a day.
 * @returns none where a service has no operations
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html
 */
export function reservations(registry: Registry): readonly Reservation[] {
  if (registry.operations.length === 0) return [];
  const { dispatcher, operate, sweep } = workflowEntries(registry);
  return [
    {
      name: dispatcher.name,
      executions: 10,
      why: 'accepted operations would not start. Step Functions starts 300 a second; at 30 ms each, nine are under way',
    },
    {
      name: operate.name,
      executions: 40,
      why: 'Step Functions tries again for a minute, then ends the execution. At 300 operations a second that ask four times each, for 30 ms, 36 are under way',
    },
    {
      name: sweep.name,
      executions: 2,
      why: 'nothing would start what others left. One a minute ends before the next; a beat may come twice',
    },
    ...partnersOf(registry).map((partner) => ofConsumer(partner, registry)),
  ];
}

/**
 * SQS counts a throttled command as received, and sets it aside after some: it would wait for `npm run redrive`.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html: no fewer than the queue's own maximum
 */
const ofConsumer = (partner: Partner, registry: Registry): Reservation => ({
  name: consumerEntry(partner, registry).name,
  executions: partner.concurrency,
  why: 'commands that are throttled five times go to the dead-letter queue. Its queue hands it no more than `concurrency`',
});

/** How many executions they take away from all other functions of the account. */
export const executionsOf = (reserved: readonly Pick<Reservation, 'executions'>[]): number =>
  reserved.reduce((sum, { executions }) => sum + executions, 0);
