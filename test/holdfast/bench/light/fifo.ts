import { setTimeout as delay } from 'node:timers/promises';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';

/** What SendMessage is given for a FIFO queue. */
interface Message {
  readonly MessageBody: string;
  readonly MessageGroupId: string;
  readonly MessageDeduplicationId: string;
}

/** What Lambda hands a consumer at once, unless told otherwise. */
const BATCH = 10;

/**
 * A model of a FIFO queue of SQS with a function behind it, since no emulator here has one: messages of a group are consumed
 * in their order, a batch at a time; of those with one id the first stays; what fails comes again. Each of its calls takes a
 * while: to send, to receive, to delete.
 */
export class Fifo {
  readonly #consumer: (event: SQSEvent) => Promise<SQSBatchResponse>;
  readonly #delayMs: number;
  readonly #known = new Set<string>();
  readonly #groups = new Map<string, Message[]>();
  readonly #busy = new Set<string>();

  constructor(consumer: (event: SQSEvent) => Promise<SQSBatchResponse>, delayMs: number) {
    this.#consumer = consumer;
    this.#delayMs = delayMs;
  }

  async send(message: Message): Promise<void> {
    await delay(this.#delayMs);
    const { MessageGroupId: group, MessageDeduplicationId: id } = message;
    if (this.#known.has(id)) return;
    this.#known.add(id);
    this.#groups.set(group, [...(this.#groups.get(group) ?? []), message]);
    if (this.#busy.has(group)) return;
    this.#busy.add(group);
    void this.#consume(group).finally(() => this.#busy.delete(group));
  }

  async #consume(group: string): Promise<void> {
    for (let waiting = this.#waiting(group); waiting.length > 0; waiting = this.#waiting(group)) {
      const batch = waiting.slice(0, BATCH);
      await delay(this.#delayMs);
      const { batchItemFailures } = await this.#consumer({ Records: batch.map(recordOf) });
      await delay(this.#delayMs);
      const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
      const done = new Set(batch.filter(({ MessageDeduplicationId: id }) => !failed.has(id)));
      this.#groups.set(
        group,
        this.#waiting(group).filter((message) => !done.has(message)),
      );
    }
  }

  #waiting = (group: string): readonly Message[] => this.#groups.get(group) ?? [];
}

/** As Lambda hands it to the consumer. */
const recordOf = ({ MessageBody, MessageGroupId, MessageDeduplicationId }: Message) => ({
  messageId: MessageDeduplicationId,
  receiptHandle: MessageDeduplicationId,
  body: MessageBody,
  attributes: {
    ApproximateReceiveCount: '1',
    SentTimestamp: '0',
    SenderId: '',
    ApproximateFirstReceiveTimestamp: '0',
    MessageGroupId,
    MessageDeduplicationId,
  },
  messageAttributes: {},
  md5OfBody: '',
  eventSource: 'aws:sqs',
  eventSourceARN: '',
  awsRegion: '',
});
