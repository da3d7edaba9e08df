import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ExecutionEnvironment } from '../../../lib/holdfast/local/functions/execution-environment.ts';
import { eventually } from '../support/eventually.ts';
import type { Item } from './capacity.ts';
import { changeEvent, copyOf, createdItem, etagOf, idOf } from './payouts.ts';
import { type Stand, type Subject, startStand } from './stand.ts';

/** Lambda's timeout, after which Powertools takes a record in progress for one that was left behind. */
const TIMEOUT_MS = 5_000;

let stand: Stand;
let created: Item;
beforeAll(async () => {
  stand = await startStand();
  created = await createdItem(stand);
});
afterAll(() => stand?.close());

/** Sends a change to an environment of its own, as Lambda does after one has died. */
async function send(subject: Subject, event: string) {
  const environment = new ExecutionEnvironment(
    { ...stand.definition(subject), timeoutMs: TIMEOUT_MS },
    () => undefined,
  );
  const { fate } = stand.proxy;
  return {
    /** Ends the environment once the table has taken the change. */
    async killed() {
      stand.proxy.fate = ({ operation, input }) =>
        operation === 'UpdateItem' && input.TableName === 'RecordsTable'
          ? {
              async after() {
                await environment.end();
                return 'lose-answer';
              },
            }
          : 'pass';
      await expect(environment.invoke(event)).rejects.toThrow();
      stand.proxy.fate = fate;
    },
    async answered() {
      const { statusCode, headers, body } = JSON.parse(await environment.invoke(event));
      await environment.end();
      return { status: statusCode, replayed: headers['Idempotent-Replayed'] === 'true', body: String(body) };
    },
  };
}

/** A payout that a subject has changed, and died before it could answer. */
async function changedAndDead(subject: Subject) {
  const item = copyOf(created, subject);
  await stand.write(item);
  const event = changeEvent({ id: idOf(item), ifMatch: etagOf(item) });
  await (await send(subject, event)).killed();
  const retry = async () => (await send(subject, event)).answered();
  return { retry, version: (await stand.read(item.pk.S))?.version?.N };
}

test('the usual way: a function that dies after its write leaves a retry 500, then 412 from its own success', async () => {
  const { retry, version } = await changedAndDead('usual');

  const first = await retry();
  const later = await eventually(
    'the usual way to answer otherwise than 500',
    retry,
    ({ status }) => status !== 500,
  );

  expect([version, first.status, later.status]).toEqual(['2', 500, 412]);
});

test('Holdfast: a function that dies after its write leaves a retry the first answer', async () => {
  const { retry, version } = await changedAndDead('holdfast');

  expect(version).toBe('2');
  expect(await retry()).toMatchObject({ status: 200, replayed: true });
});

test('the usual way: a retry of what was answered gets the stored answer, whatever has happened since', async () => {
  const item = copyOf(created, 'usual');
  await stand.write(item);
  const event = changeEvent({ id: idOf(item), ifMatch: etagOf(item) });

  const first = await (await send('usual', event)).answered();
  const again = await (await send('usual', event)).answered();

  expect([first.status, again.status]).toEqual([200, 200]);
  expect(again.body).toBe(first.body);
});

test('the usual way: of two people who act on one version, one wins and one is refused with 412', async () => {
  const item = copyOf(created, 'usual');
  await stand.write(item);
  const change = { id: idOf(item), ifMatch: etagOf(item) };

  const answers = await Promise.all(
    [changeEvent(change), changeEvent(change)].map(async (event) => (await send('usual', event)).answered()),
  );

  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 412]);
});
