import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { buildApp } from 'fauxqs';
import { REGION, type ResolvedResource } from '../../template/template.ts';
import { urlOf } from '../listening.ts';

/** SQS on this machine. Its messages live as long as it does: whatever they carry is in the table as well. */
export interface LocalSqs {
  readonly url: string;
  readonly client: SQSClient;
  close(): Promise<void>;
}

/** Starts SQS on a free port of 127.0.0.1. */
export async function startSqs(): Promise<LocalSqs> {
  const app = buildApp({ logger: false, defaultRegion: REGION });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const url = urlOf(app.server);
  const client = new SQSClient({
    endpoint: url,
    region: REGION,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  return {
    url,
    client,
    async close() {
      client.destroy();
      app.server.closeAllConnections();
      await app.close();
    },
  };
}

/** Makes the queues of the template; one that is there already stays as it is. */
export async function createQueues({ client }: LocalSqs, queues: readonly ResolvedResource[]): Promise<void> {
  // A queue's dead-letter queue has to be there before it.
  const sorted = queues.toSorted(
    (a, b) => Number('RedrivePolicy' in a.properties) - Number('RedrivePolicy' in b.properties),
  );
  for (const { logicalId, properties } of sorted) {
    const { VisibilityTimeout = 30, MessageRetentionPeriod = 345_600, RedrivePolicy } = properties;
    await client.send(
      new CreateQueueCommand({
        QueueName: logicalId,
        Attributes: {
          VisibilityTimeout: String(VisibilityTimeout),
          MessageRetentionPeriod: String(MessageRetentionPeriod),
          ...(RedrivePolicy !== undefined && { RedrivePolicy: JSON.stringify(RedrivePolicy) }),
        },
      }),
    );
  }
}
