import { describe, expect, test } from '@jest/globals';
import type { DynamoDBStreamEvent, SQSEvent } from 'aws-lambda';
import { linesWritten } from '../../../lib/holdfast/testing/partner/lines-written.ts';

process.env.STAGE ??= 'test';
const { eachChange, eachMessage } = await import('../../../lib/holdfast/runtime/aws/batch.ts');

/** Ids of what is said to have failed, what was handled before that, and the log. */
async function outcomeOf(
  run: (
    handle: (id: string) => Promise<void>,
  ) => Promise<{ batchItemFailures: { itemIdentifier: string | undefined }[] }>,
) {
  const handled: string[] = [];
  let failures: (string | undefined)[] = [];
  const lines = await linesWritten(async () => {
    const { batchItemFailures } = await run(async (id) => {
      handled.push(id);
      if (id.startsWith('bad')) throw new Error('it cannot be handled');
    });
    failures = batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
  });
  return { handled, failures, log: lines.join('') };
}

const messages = (...ids: readonly string[]) =>
  ({
    Records: ids.map((id) => ({ messageId: `message-${id}`, body: JSON.stringify({ id, token: 'SECRET' }) })),
  }) as SQSEvent;

const changes = (...ids: readonly string[]) =>
  ({ Records: ids.map((id) => ({ dynamodb: { SequenceNumber: id } })) }) as DynamoDBStreamEvent;

describe('a batch of messages', () => {
  test('has those that fail come again, and no other, whatever their order', async () => {
    const { handled, failures } = await outcomeOf((handle) =>
      eachMessage<{ id: string }>(messages('1', 'bad', '2', 'bad too'), ({ id }) => handle(id)),
    );

    expect(handled).toEqual(['1', 'bad', '2', 'bad too']);
    expect(failures).toEqual(['message-bad', 'message-bad too']);
  });

  test('leaves a message that is no JSON to its queue', async () => {
    const event = { Records: [{ messageId: 'message-1', body: '{' }] } as SQSEvent;

    const { failures } = await outcomeOf((handle) => eachMessage<string>(event, handle));

    expect(failures).toEqual(['message-1']);
  });

  test('logs the id of one that fails, and its body only where the function says so', async () => {
    const run = (logged?: (body: string) => object) =>
      outcomeOf((handle) => eachMessage<{ id: string }>(messages('bad'), ({ id }) => handle(id), logged));

    const [quiet, loud] = [await run(), await run((body) => ({ body }))];

    expect(quiet.log).toContain('message-bad');
    expect(quiet.log).not.toContain('SECRET');
    expect(loud.log).toContain('SECRET');
  });
});

describe('a batch of changes', () => {
  test('stops at the first that fails, which comes again with all after it', async () => {
    const { handled, failures, log } = await outcomeOf((handle) =>
      eachChange(changes('1', 'bad', '2'), ({ SequenceNumber }) => handle(SequenceNumber ?? '')),
    );

    expect(handled).toEqual(['1', 'bad']);
    expect(failures).toEqual(['bad']);
    expect(log).toContain('it cannot be handled');
  });

  test('names none where all are handled', async () => {
    const { failures } = await outcomeOf((handle) =>
      eachChange(changes('1', '2'), ({ SequenceNumber }) => handle(SequenceNumber ?? '')),
    );

    expect(failures).toEqual([]);
  });
});
