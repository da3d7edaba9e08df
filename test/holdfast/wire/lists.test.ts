import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  BatchWriteItemCommand,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { localClient, startDynamoDb } from '../../../lib/holdfast/local/dynamodb/dynamodb.ts';
import { write } from '../../../lib/holdfast/runtime/aws/attributes.ts';
import { type Answer, freshKey } from '../support/client.ts';
import type { Copy } from '../support/copy.ts';
import { emptyProject } from '../support/empty-project.ts';
import { ending } from '../support/ending.ts';
import { eventually } from '../support/eventually.ts';
import { RECORDS } from '../support/items.ts';
import { type Service, signIn, startService } from '../support/service.ts';

const run = promisify(execFile);

// A list that is added to a service with a thousand resources: refused, completed while writes go on, and served.

const RESOURCE = `import { defineResource } from 'holdfast';
import { lists } from 'holdfast/lists';
import * as z from 'zod';

export default defineResource(
  {
    name: 'tickets',
    singular: 'ticket',
    idPrefix: 'ti',
    states: ['open', 'answered'],
    members: z.object({ customerId: z.enum(['ada', 'bob', 'cy']), rank: z.int() }),
  },
  lists({
    byCustomer: ['customerId'],
    byCustomerAndState: { by: ['customerId', 'state'], order: 'rank', first: 'lowest' },
  }),
);
`;

const action = (name: string, more: string, decide: string) => `import * as z from 'zod';
import { defineAction } from 'holdfast';
import tickets from './resource.ts';

export default defineAction({
  resource: tickets,
  name: '${name}',
  summary: 'Do it.',
  scope: 'tickets:${name}',
  ${more}
  input: z.object({ customerId: tickets.members.shape.customerId, rank: z.int() }),
  decide: ({ input }) => (${decide}),
});
`;

const FILES = {
  'resource.ts': RESOURCE,
  'create.ts': action('create', "to: 'open',", 'input'),
  'answer.ts': action('answer', "from: ['open'], to: 'answered',", 'input'),
};

const EXAMPLES = `
const input = { customerId: 'bob', rank: 1 };
export default { 'tickets.create': { input }, 'tickets.answer': { input } };
`;

let copy: Copy;
let service: Service;
let table: DynamoDBClient;
let user: Awaited<ReturnType<typeof signIn>>;
let close: () => Promise<void>;
beforeAll(async () => {
  const data = await mkdtemp(join(tmpdir(), 'holdfast-lists-'));
  const remove = ending(() => rm(data, { recursive: true, force: true }));
  const emulator = await startDynamoDb(data);
  const end = ending(emulator.close);
  table = localClient(emulator.url);
  copy = await emptyProject();
  await rm(join(copy.root, 'lib/recorded'), { recursive: true });
  for (const [name, text] of Object.entries(FILES))
    await copy.write(`functions/actions/tickets/${name}`, text);
  await copy.write('test/examples.ts', EXAMPLES);
  service = await startService({ root: copy.root, dynamodb: emulator.url });
  user = await signIn(service.url, { scopes: 'tickets:*' });
  close = async () => {
    table.destroy();
    await service.end();
    await end();
    await copy.remove();
    await remove();
  };
});
afterAll(() => close?.());

const OLDER = 1_000;

/** A ticket as a release without lists has left it. */
const older = (n: number) => ({
  pk: `tickets#acme#${idOf(n)}`,
  list: 'tickets#acme',
  state: 'open',
  stateOrder: `open#${createdAt(n)}`,
  version: 1,
  commit: 'older',
  createdAt: createdAt(n),
  updatedAt: createdAt(n),
  data: { customerId: n % 4 === 0 ? 'ada' : 'bob', rank: n % 7 },
});

const idOf = (n: number) => `ti_${String(n).padStart(26, '0')}`;

const createdAt = (n: number) => new Date(Date.UTC(2026, 0, 1) + Math.floor(n / 3) * 1_000).toISOString();

async function putOlder(): Promise<void> {
  for (let from = 0; from < OLDER; from += 25)
    await table.send(
      new BatchWriteItemCommand({
        RequestItems: {
          [RECORDS]: Array.from({ length: 25 }, (_, i) => ({
            PutRequest: { Item: write(older(from + i)) },
          })),
        },
      }),
    );
}

/** What a release without lists does to a ticket that has keys: it moves it, and leaves them as they are. */
const moveAsOlder = (id: string, customerId: string, version: number) =>
  table.send(
    new UpdateItemCommand({
      TableName: RECORDS,
      Key: write({ pk: `tickets#acme#${id}` }),
      UpdateExpression: 'SET #data.customerId = :customer, #version = :version',
      ExpressionAttributeNames: { '#data': 'data', '#version': 'version' },
      ExpressionAttributeValues: write({ ':customer': customerId, ':version': version }),
    }),
  );

const forgetRun = () =>
  table.send(new DeleteItemCommand({ TableName: RECORDS, Key: write({ pk: 'backfills#tickets' }) }));

/** `npm run …` of the kit for the service, by what it prints. */
const kit = async (...args: readonly string[]) => {
  const command = ['--no-warnings', 'lib/holdfast/cli/main.ts', ...args, '--url', service.url];
  return (await run('node', command, { cwd: copy.root })).stdout;
};

const backfill = () => kit('backfill', '--rate', '2000');

/** Rules that a clean run has recorded. */
const completed = async () => {
  const { Item } = await table.send(
    new GetItemCommand({ TableName: RECORDS, Key: write({ pk: 'backfills#tickets' }) }),
  );
  return Object.keys(Item?.rules?.M ?? {}).sort();
};

const itemOf = async (id: string) =>
  (
    await table.send(
      new GetItemCommand({
        TableName: RECORDS,
        Key: write({ pk: `tickets#acme#${id}` }),
        ConsistentRead: true,
      }),
    )
  ).Item;

const create = (customerId: string, rank: number) =>
  user.post('/tickets', { key: freshKey(), body: { customerId, rank } });

const answer = (on: Answer, customerId: string, rank: number) =>
  user.post(`/tickets/${on.json.id}/answer`, {
    key: freshKey(),
    ifMatch: on.etag,
    body: { customerId, rank },
  });

/** Every ticket of a list, page after page. */
async function all(query: string): Promise<readonly { id: string; rank: number; createdAt: string }[]> {
  const items: { id: string; rank: number; createdAt: string }[] = [];
  for (let cursor: string | undefined = ''; cursor !== undefined; ) {
    const { status, json } = await user.get(`/tickets?${query}&limit=100${cursor && `&cursor=${cursor}`}`);
    expect(status).toBe(200);
    const page = Object(json);
    items.push(...page.items);
    cursor = page.nextCursor;
  }
  return items;
}

const ids = (items: readonly { id: string }[]) => items.map(({ id }) => id).sort();

test('npm run provoke asks for a list before it is complete, and leaves it complete', async () => {
  const before = await completed();

  const printed = await kit('provoke', 'list-not-ready');

  expect(printed).toMatch(/curl -i -X GET '\S+\/tickets\?customerId=bob'/);
  expect(printed).toMatch(/^HTTP 503\nRetry-After: 60\n/m);
  expect(printed).toContain('"code": "list-not-ready"');
  expect(before).toEqual(['lists.byCustomer', 'lists.byCustomerAndState']);
  expect(await completed()).toEqual(before);
});

test('a list that is added over a thousand resources is refused, completed while writes go on, and then shows all of them once', async () => {
  // A table that has just been made has nothing to complete.
  expect(await completed()).toEqual(['lists.byCustomer', 'lists.byCustomerAndState']);
  await forgetRun();
  await putOlder();
  const mine = await create('ada', 3);
  const lost = await create('ada', 4);
  await moveAsOlder(String(lost.json.id), 'bob', 2);
  const before = await itemOf(idOf(0));

  const refused = await user.get('/tickets?customerId=ada');

  expect(refused).toMatchObject({
    status: 503,
    json: { code: 'list-not-ready', recovery: 'retry', category: 'dependency' },
  });
  expect(refused.headers.get('Retry-After')).toBe('60');
  // What every resource has is served meanwhile.
  expect((await user.get('/tickets?limit=1')).status).toBe(200);

  const running = backfill();
  const [moved, ...made] = await Promise.all([
    answer(mine, 'bob', 9),
    ...Array.from({ length: 20 }, (_, n) => create(n % 2 === 0 ? 'ada' : 'cy', n)),
  ]);
  const told = await running;

  expect(moved.status).toBe(200);
  expect(told).toMatch(/^looked at 10[0-2]\d items, and gave 100[01] of them what they lacked$/m);
  expect(told).toContain('complete: lists.byCustomer of tickets, lists.byCustomerAndState of tickets');

  // Nothing of an item but its keys is another: no version, no event, no receipt.
  const { l1, o1, l2, o2, derived, ...rest } = (await itemOf(idOf(0))) ?? {};
  expect(rest).toEqual(before);
  expect([l1, o1, l2, o2].map((key) => key?.S)).toEqual([
    expect.stringMatching(/^tickets#acme#byCustomer#[\w-]{22}$/),
    `${createdAt(0)}#${idOf(0)}`,
    expect.stringMatching(/^tickets#acme#byCustomerAndState#[\w-]{22}$/),
    `09007199254740992#${idOf(0)}`,
  ]);

  const ada = Array.from({ length: OLDER }, (_, n) => n).filter((n) => n % 4 === 0);
  const created = made.filter((_, n) => n % 2 === 0).map(({ json }) => String(json.id));
  const shown = await all('customerId=ada');
  expect(ids(shown)).toEqual([...ada.map(idOf), ...created].sort());
  expect(shown.map(({ createdAt: at }) => at)).toEqual(
    shown
      .map(({ createdAt: at }) => at)
      .sort()
      .reverse(),
  );
  // One that a release without lists has moved is in the list that it belongs to now.
  expect(ids(await all('customerId=bob'))).toEqual(
    expect.arrayContaining([String(lost.json.id), String(mine.json.id)]),
  );
  // By two members, in the order of a third.
  const ranked = await all('customerId=ada&state=open&from=2&to=4');
  expect(ranked.length).toBeGreaterThan(80);
  expect(ranked.map(({ rank }) => rank)).toEqual(ranked.map(({ rank }) => rank).sort());
  expect(new Set(ranked.map(({ rank }) => rank))).toEqual(new Set([2, 3, 4]));
  expect(ids(await all('customerId=bob&state=answered'))).toEqual([mine.json.id]);
  // Another tenant's list of the same customer is another one.
  const other = await signIn(service.url, { scopes: 'tickets:*', tenant: 'other' });
  expect((await other.get('/tickets?customerId=ada')).json.items).toEqual([]);

  // While a release without lists writes beside, a key that it has left stale shows nothing wrong, and the next run puts it right.
  await moveAsOlder(String(mine.json.id), 'ada', 3);
  expect(ids(await all('customerId=bob'))).not.toContain(mine.json.id);
  await backfill();
  expect(ids(await all('customerId=ada'))).toContain(mine.json.id);
});

test('a list that is added while npm start runs gets its index, and is served with all that was there before', async () => {
  await copy.edit(
    'functions/actions/tickets/resource.ts',
    "first: 'lowest' },\n",
    "first: 'lowest' },\n    byRank: ['rank'],\n",
  );

  await eventually(
    'the new list to be served',
    () => user.get('/tickets?rank=6&limit=1'),
    ({ status }) => status === 200,
  );

  const six = Array.from({ length: OLDER }, (_, n) => n).filter((n) => n % 7 === 6);
  expect(ids(await all('rank=6'))).toEqual(expect.arrayContaining(six.map(idOf)));
});
