import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { SQSEvent } from 'aws-lambda';
import { MemoryStore } from '../../../lib/holdfast/testing/memory-store.ts';
import { Fifo } from '../bench/light/fifo.ts';
import open from '../bench/subjects/budgets/open.ts';
import { type Accepted, consumerOf, messageOf, spendAt } from '../bench/subjects/budgets/queue.ts';
import { shardOf, spentOf } from '../bench/subjects/budgets/shards.ts';
import spend from '../bench/subjects/budgets/spend.ts';
import { counterOf } from '../support/counter.ts';

let store: MemoryStore;
let ask: ReturnType<typeof counterOf>;
beforeEach(() => {
  store = new MemoryStore();
  ask = counterOf(store);
});

const opened = async (limit: number) => String((await ask(open, { input: { limit } })).json.id);

const spending = (id: string, amount: number, key: string = randomUUID()) =>
  ask(spend, { id, key, ifMatch: '*', input: { amount } });

const read = async (id: string) => {
  const item = await store.load({}, `budgets#acme#${id}`);
  return { spent: Number(item?.stored.data.spent) };
};

describe('a budget of several shards', () => {
  const shardsOf = (count: number, limit: number) =>
    Promise.all(Array.from({ length: count }, () => opened(limit)));

  test('is never overspent, whoever spends at once, and its sum is what was accepted', async () => {
    const shards = await shardsOf(4, 30);

    const all = await Promise.all(
      Array.from({ length: 64 }, () => {
        const key = randomUUID();
        return spending(shardOf(key, shards), 7, key);
      }),
    );

    const accepted = all.filter(({ status }) => status === 200);
    expect(new Set(all.map(({ status }) => status))).toEqual(new Set([200, 409]));
    expect(await spentOf(shards, read)).toBe(7 * accepted.length);
    for (const shard of shards) expect((await read(shard)).spent).toBeLessThanOrEqual(30);
  });

  test('answers a retry by the shard that has its first answer: a key has one shard, and keys are spread over all', async () => {
    const shards = await shardsOf(8, 1_000);
    const keys = Array.from({ length: 200 }, (_, i) => `key ${i}`);

    const [first, again] = [
      await spending(shardOf('k', shards), 5, 'k'),
      await spending(shardOf('k', shards), 5, 'k'),
    ];

    expect([first.replayed, again.replayed, again.text === first.text]).toEqual([false, true, true]);
    expect(await spentOf(shards, read)).toBe(5);
    expect(new Set(keys.map((key) => shardOf(key, shards)))).toEqual(new Set(shards));
  });

  test('refuses to be without a shard', () => {
    expect(() => shardOf('k', [])).toThrow('name at least one');
  });
});

describe('a queue before a budget', () => {
  const accepted = (budget: string, key: string, amount = 5, subject = 'alice'): Accepted => ({
    budget,
    amount,
    subject,
    key,
  });
  const eventOf = (...all: readonly Accepted[]): SQSEvent => ({
    Records: all.map((each, i) => {
      const { MessageBody: body, MessageGroupId } = messageOf(each);
      const attributes = {
        ApproximateReceiveCount: '1',
        SentTimestamp: '0',
        SenderId: '',
        ApproximateFirstReceiveTimestamp: '0',
        MessageGroupId,
      };
      return {
        messageId: String(i),
        receiptHandle: '',
        body,
        attributes,
        messageAttributes: {},
        md5OfBody: '',
        eventSource: 'aws:sqs',
        eventSourceARN: '',
        awsRegion: '',
      };
    }),
  });
  const spent = ({ budget, amount, subject, key }: Accepted) =>
    spending(budget, amount, `${subject}-${key}`).then(({ status }) => status);

  test('has one effect for each message, however often it is delivered', async () => {
    const budget = await opened(100);
    const consume = consumerOf(spent, async () => undefined);
    const event = eventOf(accepted(budget, 'k'), accepted(budget, 'l'));

    expect(await consume(event)).toEqual({ batchItemFailures: [] });
    expect(await consume(event)).toEqual({ batchItemFailures: [] });

    expect((await read(budget)).spent).toBe(10);
  });

  test('keeps what fails, with all that came after it for the same budget, and nothing of another', async () => {
    const [one, another] = [await opened(100), await opened(100)];
    const statuses: Record<string, () => Promise<number>> = {
      down: async () => 503,
      cut: () => Promise.reject(new Error('the connection was cut')),
    };
    const consume = consumerOf(
      (each) => statuses[each.key]?.() ?? spent(each),
      async () => undefined,
    );

    const { batchItemFailures } = await consume(
      eventOf(
        accepted(one, 'k'),
        accepted(one, 'down'),
        accepted(another, 'k'),
        accepted(one, 'l'),
        accepted(another, 'cut'),
      ),
    );

    expect(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier)).toEqual(['1', '3', '4']);
    expect([(await read(one)).spent, (await read(another)).spent]).toEqual([5, 5]);
  });

  test('lets go of what is refused for good, and tells of it', async () => {
    const budget = await opened(6);
    const told: unknown[] = [];
    const consume = consumerOf(spent, async ({ key }, status) => told.push([key, status]));

    const answer = await consume(
      eventOf(accepted(budget, 'k'), accepted(budget, 'l'), accepted(budget, 'm', 1)),
    );

    expect(answer).toEqual({ batchItemFailures: [] });
    expect(told).toEqual([['l', 409]]);
    expect((await read(budget)).spent).toBe(6);
  });

  test('takes a retry of one person for one message, and the same key of another for another', () => {
    const ids = [accepted('bu_1', 'k'), accepted('bu_1', 'k'), accepted('bu_1', 'k', 5, 'bob')].map(
      (each) => messageOf(each).MessageDeduplicationId,
    );

    expect([ids[0] === ids[1], ids[0] === ids[2]]).toEqual([true, false]);
  });

  test('asks the action over HTTP under the key of the message, whatever stands there', async () => {
    const budget = await opened(100);
    const server = createServer(async (request, response) => {
      const { authorization, 'idempotency-key': key, 'if-match': ifMatch } = request.headers;
      const [, , id = ''] = request.url?.split('/') ?? [];
      const input = JSON.parse(await text(request));
      const asked = { id, key: String(key), ifMatch: String(ifMatch), input };
      const { status } = authorization === 'Bearer t' ? await ask(spend, asked) : { status: 401 };
      response.writeHead(status).end();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
    const consume = consumerOf(
      spendAt(url, async () => 't'),
      async () => undefined,
    );

    const [first, again] = [
      await consume(eventOf(accepted(budget, 'k'))),
      await consume(eventOf(accepted(budget, 'k'))),
    ];
    const denied = await consumerOf(
      spendAt(url, async () => 'x'),
      async () => undefined,
    )(eventOf(accepted(budget, 'l')));
    server.close();

    expect([first, again]).toEqual([{ batchItemFailures: [] }, { batchItemFailures: [] }]);
    expect(denied.batchItemFailures).toHaveLength(1);
    expect((await read(budget)).spent).toBe(5);
  });

  test('is modelled in the bench as SQS has it: in order, each id once, and what fails again', async () => {
    const order: string[] = [];
    let failures = 1;
    const queue = new Fifo(
      consumerOf(
        async ({ key }) => {
          if (key === 'l' && failures-- > 0) return 503;
          order.push(key);
          if (key === 'm') done.resolve();
          return 200;
        },
        async () => undefined,
      ),
      0,
    );
    const done = Promise.withResolvers<void>();

    for (const key of ['k', 'l', 'k', 'm']) await queue.send(messageOf(accepted('bu_1', key)));
    await done.promise;

    expect(order).toEqual(['k', 'l', 'm']);
  });
});
