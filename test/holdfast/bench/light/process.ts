import { randomInt, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { planExtended } from '../../../../lib/holdfast/core/writes/extended-plan.ts';
import { ROOT } from '../../../../lib/holdfast/service/project.ts';
import { type Accepted, consumerOf, messageOf } from '../subjects/budgets/queue.ts';
import { shardOf } from '../subjects/budgets/shards.ts';
import { lightenClients } from './client.ts';
import { Fifo } from './fifo.ts';
import type { Done, Effect, Tags, Work } from './work.ts';

interface Answer {
  readonly statusCode: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A function, as Lambda calls it. */
type Handler = (event: object, context: object) => Promise<Answer>;

/** One request of a writer. */
interface Asking {
  readonly item: string;
  readonly amount: number;
  readonly key: string;
  readonly ifMatch: string;
}

/** Where writers write, how many there are, and when they begin no more. */
interface Race {
  readonly items: Tags;
  readonly writers: number;
  isOver(effects: readonly Effect[]): boolean;
}

/** Effects after which a process has compiled what it runs. */
const WARM = 60;

// Whoever has started it has gone.
process.on('disconnect', () => process.exit());

const received = async <T>(): Promise<T> => (await once(process, 'message'))[0];

const work = await received<Work>();
const template = JSON.parse(work.event);
const [parameter = ''] = Object.keys(template.pathParameters);

const context = () => {
  const deadline = Date.now() + work.timeoutMs;
  return { awsRequestId: randomUUID(), getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()) };
};

// What a bundle finds there.
registerHooks({
  resolve: (specifier, found, next) =>
    ['@service', '@versions'].includes(specifier)
      ? next(
          pathToFileURL(join(ROOT, `test/holdfast/support/registered-${specifier.slice(1)}.ts`)).href,
          found,
        )
      : next(specifier, found),
});
const traffic = lightenClients(work.endpoint, work.delayMs);
const { handler: usual, default: action } = await import(pathToFileURL(work.file).href);
const { writeContract, DEPLOYED } = await import(
  '../../../../lib/holdfast/runtime/actions/write-contract.ts'
);

const { loadTogether } = await import('../../../../lib/holdfast/runtime/records/records.ts');

const { clock, random, store, plan } = DEPLOYED;
const surroundings = {
  store: { ...store, loadTogether },
  plan: work.above === undefined ? plan : planExtended,
  clock: { ...clock, wait: (ms: number) => clock.wait(ms * work.slower) },
  // Waits of no length, as before an action on any version waited.
  random: work.way === 'at-once' ? { ...random, fraction: () => 0 } : random,
};

/** A handler of its own for each writer. */
const newHandler = (): Handler => usual ?? writeContract(action, [], surroundings);

async function ask(handler: Handler, { item, amount, key, ifMatch }: Asking): Promise<Answer> {
  const value = work.isMoney ? { currency: 'EUR', value: (amount / 100).toFixed(2) } : amount;
  const event = {
    ...template,
    requestContext: { ...template.requestContext, requestId: randomUUID() },
    pathParameters: { [parameter]: item },
    headers: { ...template.headers, 'Idempotency-Key': key, 'If-Match': ifMatch },
    body: JSON.stringify({ amount: value, above: work.above }),
  };
  const answer = await handler(event, context());
  if (![200, 412, 503].includes(answer.statusCode))
    throw new Error(`answered ${answer.statusCode}: ${answer.body}`);
  return answer;
}

const tagOf = ({ headers }: Answer): string => headers?.ETag ?? '';

const effectOf = (asking: Pick<Asking, 'item' | 'amount'>, answer: Answer, begun: number): Effect => ({
  ...asking,
  version: Number(/\d+/.exec(tagOf(answer))?.[0]),
  ms: performance.now() - begun,
  at: Date.now(),
});

const anAmount = () => randomInt(1, 1_000);

/** Writers that each send the next request when the last one has taken effect. */
async function write({ items, writers, isOver }: Race): Promise<readonly Effect[]> {
  const effects: Effect[] = [];
  const writer = async (_: unknown, i: number) => {
    const handler = newHandler();
    const all = Object.entries(items);
    const own = (work.before + i) % all.length;
    const tags = new Map(work.above === undefined ? all : all.slice(own, own + 1));
    while (!isOver(effects)) effects.push(await insist(handler, tags));
  };
  await Promise.all(Array.from({ length: writers }).map(writer));
  return effects;
}

/** Sends until it takes effect: again under the same key after a 503, and under a new one after a 412. */
async function insist(handler: Handler, tags: Map<string, string>): Promise<Effect> {
  const begun = performance.now();
  let key: string = randomUUID();
  const item = shardOf(key, [...tags.keys()]);
  const amount = anAmount();
  for (;;) {
    const ifMatch = work.way === 'seen' ? (tags.get(item) ?? '') : '*';
    const answer = await ask(handler, { item, amount, key, ifMatch });
    if (answer.statusCode === 503) {
      await delay(1_000 * Number(answer.headers?.['Retry-After']));
      continue;
    }
    tags.set(item, tagOf(answer));
    if (answer.statusCode === 200) return effectOf({ item, amount }, answer, begun);
    key = randomUUID();
  }
}

/** Senders that each wait until what was accepted of them is done, and one consumer for all of them. */
async function queue({ items, writers, isOver }: Race): Promise<readonly Effect[]> {
  const effects: Effect[] = [];
  const handler = newHandler();
  const waiting = new Map<string, (answer: Answer) => void>();
  const spend = async ({ budget: item, amount, key }: Accepted) => {
    const answer = await ask(handler, { item, amount, key, ifMatch: '*' });
    if (answer.statusCode === 200) waiting.get(key)?.(answer);
    return answer.statusCode;
  };
  const refused = async ({ key }: Accepted, status: number) => {
    throw new Error(`${key} was refused: ${status}`);
  };
  const fifo = new Fifo(consumerOf(spend, refused), work.delayMs);
  const [budget = ''] = Object.keys(items);
  const sender = async () => {
    while (!isOver(effects)) {
      const begun = performance.now();
      const accepted = { budget, amount: anAmount(), subject: 'alice', key: randomUUID() };
      const answer = new Promise<Answer>((resolve) => waiting.set(accepted.key, resolve));
      await fifo.send(messageOf(accepted));
      effects.push(effectOf({ item: budget, amount: accepted.amount }, await answer, begun));
    }
  };
  await Promise.all(Array.from({ length: writers }, sender));
  return effects;
}

const race = work.way === 'queued' ? queue : write;
// Two at once, which meet: what follows a refusal is compiled as well.
await race({ items: work.own, writers: 2, isOver: ({ length }) => length >= WARM });

process.send?.('ready');
const until = await received<number>();
traffic.take();
const { items, writers } = work;
const effects = await race({ items, writers, isOver: () => Date.now() >= until });
const done: Done = { effects, traffic: traffic.take() };
process.send?.(done, () => process.disconnect());
