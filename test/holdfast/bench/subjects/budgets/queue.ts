import { hash } from 'node:crypto';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';

/** A request that was accepted, to be carried out later. */
export interface Accepted {
  readonly budget: string;
  readonly amount: number;
  /** Who asked, and their Idempotency-Key. */
  readonly subject: string;
  readonly key: string;
}

/** The key of the request that the consumer sends: two people may have chosen the same one. */
const keyOf = ({ subject, key }: Accepted): string => hash('sha256', JSON.stringify([subject, key]));

/** What the accepting function sends to the queue, with SendMessage, before it answers 202. */
export const messageOf = (accepted: Accepted) => ({
  MessageBody: JSON.stringify(accepted),
  // One after the other for each budget, side by side for several.
  MessageGroupId: accepted.budget,
  // SQS drops a retry within five minutes; the action's own receipt answers a later one.
  MessageDeduplicationId: keyOf(accepted),
});

/** Sends a request to the action, as whoever has the token. */
export const spendAt =
  (url: string, token: () => Promise<string>) =>
  async (accepted: Accepted): Promise<number> => {
    const { status } = await fetch(`${url}/budgets/${accepted.budget}/spend`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${await token()}`,
        'Content-Type': 'application/json',
        'Idempotency-Key': keyOf(accepted),
        'If-Match': '*',
      },
      body: JSON.stringify({ amount: accepted.amount }),
      signal: AbortSignal.timeout(20_000),
    });
    return status;
  };

/** Whether another try may be answered otherwise: 401 is the consumer's own fault, and so is 403. */
const isPassing = (status: number): boolean => status >= 500 || [401, 403, 429].includes(status);

/**
 * The consumer. What fails is left in the queue, with everything of its budget that came after it.
 * @param spend gives the status of the action's answer
 * @param refused is told what the action has refused for good
 */
export const consumerOf =
  (
    spend: (accepted: Accepted) => Promise<number>,
    refused: (accepted: Accepted, status: number) => Promise<unknown>,
  ) =>
  async ({ Records }: SQSEvent): Promise<SQSBatchResponse> => {
    const isDone = async (accepted: Accepted) => {
      const status = await spend(accepted);
      if (status >= 400 && !isPassing(status)) await refused(accepted, status);
      return !isPassing(status);
    };
    const stuck = new Set<string | undefined>();
    const batchItemFailures: SQSBatchResponse['batchItemFailures'] = [];
    for (const { body, messageId, attributes } of Records) {
      const group = attributes.MessageGroupId;
      if (!stuck.has(group) && (await isDone(JSON.parse(body)).catch(() => false))) continue;
      stuck.add(group);
      batchItemFailures.push({ itemIdentifier: messageId });
    }
    return { batchItemFailures };
  };
