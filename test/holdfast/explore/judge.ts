import { alone } from '../../../lib/holdfast/testing/explore/alone.ts';
import type { Surroundings } from '../../../lib/holdfast/testing/explore/fates.ts';
import { type Answered, answerIn, BEGIN_MS } from '../../../lib/holdfast/testing/explore/http.ts';
import type { Client, Ended, Outcome, Sending } from '../../../lib/holdfast/testing/explore/scenario.ts';
import type { Stand } from '../../../lib/holdfast/testing/explore/stand.ts';
import { imagesOf } from '../../../lib/holdfast/testing/explore/store/table.ts';
import type { World } from '../../../lib/holdfast/testing/explore/store/world.ts';
import { check } from '../model/check.ts';
import { describe } from '../model/describe.ts';
import type { History, Sent, Write } from '../model/history.ts';
import type { Answer } from '../support/client.ts';
import { type Asked, type Person, reading } from './people.ts';

/** Functions that are read with, besides those that act. */
export const READERS: readonly string[] = ['payouts-get', 'payouts-history', 'history'];

/** Judges an outcome as a history of requests, by the sequential model that histories of the local cloud are judged by. */
export const modelJudge =
  (stand: Stand, before: readonly Asked[], people: readonly Person[], surroundings: Surroundings) =>
  async (outcome: Outcome): Promise<string | undefined> => {
    const history = await historyOf(stand, before, people, outcome, surroundings);
    try {
      check(history);
      return undefined;
    } catch (error) {
      return `${error}\n\n${describe(history)}`;
    }
  };

async function historyOf(
  stand: Stand,
  before: readonly Asked[],
  people: readonly Person[],
  { clients, world, time }: Outcome,
  surroundings: Surroundings,
): Promise<History> {
  const began: Sent<Write>[] = before.map(({ write, answer }, i) =>
    sentOf(write, answer, { invoked: 2 * i, answered: 2 * i + 1 }),
  );
  const from = 2 * before.length;
  const during = clients.flatMap((client, i) => sendingsOf(client, people[i], from));
  const after: Sent<Write>[] = [];
  let at = from + time + 1;
  for (const [i, { actor, sendings }] of clients.entries()) {
    const { write } = people[i] ?? {};
    if (write === undefined) continue;
    const again = await alone(actor.function, actor.order(sendings.length, 0), world, surroundings);
    after.push(sentOf(write, answerIn(again.ended), { invoked: at++, answered: at++ }));
  }
  const sent = [...began, ...during, ...after].sort((a, b) => a.invoked - b.invoked);
  return { sent, final: await finalOf(stand, world, surroundings) };
}

const sendingsOf = (
  { sendings }: Client,
  person: Person | undefined,
  from: number,
): readonly Sent<Write>[] =>
  person === undefined ? [] : sendings.map((sending) => sendingOf(sending, person.write, from));

function sendingOf({ invoked = 0, answered, moment, met }: Sending, write: Write, from: number): Sent<Write> {
  const times = { invoked: from + invoked, answered: answered === undefined ? undefined : from + answered };
  const calls = met.map((fate) => (fate === 'done' ? 'done' : `call:${fate}`));
  return sentOf(write, answered === undefined ? undefined : answerIn(moment.ended), times, calls);
}

const sentOf = (
  what: Write,
  answer: Answered | undefined,
  { invoked, answered }: { readonly invoked: number; readonly answered: number | undefined },
  calls: readonly string[] = ['done'],
): Sent<Write> => ({
  what,
  invoked,
  answered: answer === undefined ? undefined : answered,
  answer: answer && clientAnswer(answer),
  calls,
});

function clientAnswer({ status, headers, text }: Answered): Answer {
  const fields = new Headers(headers);
  return {
    status,
    headers: fields,
    text,
    json: text.startsWith('{') ? JSON.parse(text) : {},
    etag: fields.get('ETag') ?? '',
    replayed: fields.get('Idempotent-Replayed') === 'true',
  };
}

/** What the functions that read tell of every payout, once the stream has been followed to its end. */
async function finalOf(stand: Stand, end: World, surroundings: Surroundings): Promise<History['final']> {
  let world = end;
  const payouts = end.under('stream/RecordsTable/payouts#').map(([name]) => name.slice('stream/'.length));
  for (const name of payouts) {
    const records = imagesOf(end, name).map((NewImage, i) => ({
      dynamodb: { NewImage, SequenceNumber: `${i}` },
    }));
    const order = {
      event: JSON.stringify({ Records: records }),
      startsAt: BEGIN_MS,
      seed: 'history',
      timeoutMs: 60_000,
    };
    ({ world } = await alone(stand.function('history'), order, world, surroundings));
  }
  const final: History['final'][number][] = [];
  for (const name of payouts) {
    const [, tenant = '', id = ''] = name.split('#');
    const read = async (reader: string) =>
      shown((await alone(stand.function(reader), reading(reader, id), world, surroundings)).ended);
    const payout = await read('payouts-get');
    final.push({ id, tenant, payout, history: await read('payouts-history'), operations: [], transfers: [] });
  }
  return final;
}

function shown(ended: Ended): Answer {
  const answer = answerIn(ended);
  if (answer === undefined) throw new Error(`nothing was read: ${JSON.stringify(ended)}`);
  return clientAnswer(answer);
}
