import { once } from 'node:events';
import { CreateTableCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, expect, test } from '@jest/globals';
import { localClient } from '../../../../lib/holdfast/local/dynamodb/dynamodb.ts';
import { startEventSources } from '../../../../lib/holdfast/local/events/event-sources.ts';
import { startSqs } from '../../../../lib/holdfast/local/events/queues.ts';
import { startProxiedTable } from '../../support/proxied-table.ts';

const closing = new AsyncDisposableStack();
afterEach(() => closing.disposeAsync());

/** More than one read's attempts. */
const LOST = 4;

test('A stream that cannot be read for a while is read on from where it was', async () => {
  const { proxy, emulator, close } = await startProxiedTable();
  closing.defer(close);
  const sqs = await startSqs();
  closing.defer(sqs.close);
  const table = localClient(emulator);
  closing.defer(() => table.destroy());
  await table.send(
    new CreateTableCommand({
      TableName: 'things',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
    }),
  );
  const put = (id: string) =>
    table.send(new PutItemCommand({ TableName: 'things', Item: { pk: { S: id } } }));
  const delivered: string[] = [];
  const news = new EventTarget();
  const printed: string[] = [];
  const end = startEventSources(
    [
      {
        logicalId: 'follow',
        type: 'AWS::Lambda::EventSourceMapping',
        properties: {
          FunctionName: 'follower',
          EventSourceArn: 'arn:aws:dynamodb:us-east-1:000000000000:table/things/stream/1',
        },
        metadata: {},
      },
    ],
    {
      dynamodb: proxy.url,
      sqs,
      print: (line) => printed.push(line),
      async invoke(_, event) {
        for (const { dynamodb } of JSON.parse(event).Records) delivered.push(dynamodb.Keys.pk.S);
        news.dispatchEvent(new Event('delivered'));
        return '{}';
      },
    },
  );
  closing.defer(end);

  const first = once(news, 'delivered');
  await put('first');
  await first;
  let lost = 0;
  // Not before one is lost: a read that was under way already would deliver it at once.
  const isLost = once(news, 'lost');
  proxy.fate = ({ operation }) => {
    if (operation !== 'GetRecords' || lost === LOST) return 'pass';
    lost++;
    news.dispatchEvent(new Event('lost'));
    return 'lose-answer';
  };
  await isLost;
  const second = once(news, 'delivered');
  await put('second');
  await second;

  expect(delivered).toEqual(['first', 'second']);
  expect(lost).toBe(LOST);
  expect(printed).toEqual([expect.stringContaining('stream of things: ')]);
});
