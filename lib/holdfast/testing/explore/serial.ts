import { alone, send } from './alone.ts';
import type { Surroundings } from './fates.ts';
import { type Answered, answerIn } from './http.ts';
import { nearest, parted } from './parted.ts';
import type { Actor, Ended, Outcome, Scenario } from './scenario.ts';
import { imagesOf } from './store/table.ts';
import type { World } from './store/world.ts';

/**
 * Judges by what there is without a judge: however requests met, it came out as if they had been sent one after the other,
 * in some order and undisturbed. So there is one effect for a key, none of a request that was refused, none that is lost,
 * each refusal is true of one moment, and the history tells each version once. Besides, whatever answers a key answers it to
 * the byte.
 */
export async function serialJudge(
  { world, actors }: Pick<Scenario, 'world' | 'actors'>,
  surroundings: Surroundings,
): Promise<Scenario['judge']> {
  const serial = new Set<string>();
  for (const order of permutations(actors)) serial.add(await outcomeOf(order, actors, world, surroundings));
  return async (outcome) => {
    const answers = outcome.clients.map(({ sendings }) => sendings.at(-1)?.moment.ended);
    const came = told(answers, outcome.world);
    if (!serial.has(came))
      return `no order of these requests comes to this: ${parted(came, nearest(came, [...serial]))}`;
    return (await replayed(outcome, surroundings)) ?? differing(outcome);
  };
}

async function outcomeOf(
  order: readonly Actor[],
  actors: readonly Actor[],
  begin: World,
  surroundings: Surroundings,
): Promise<string> {
  let world = begin;
  const ended = new Map<Actor, Ended>();
  for (const actor of order) {
    const came = await send(actor, world, surroundings);
    world = came.world;
    ended.set(actor, came.ended);
  }
  return told(
    actors.map((actor) => ended.get(actor)),
    world,
  );
}

const permutations = <T>(all: readonly T[]): readonly (readonly T[])[] =>
  all.length < 2
    ? [all]
    : all.flatMap((first, i) => permutations(all.toSpliced(i, 1)).map((rest) => [first, ...rest]));

/** Each request is sent once more when all are answered: one that had an effect has the same answer as before. */
async function replayed(
  { clients, world }: Outcome,
  surroundings: Surroundings,
): Promise<string | undefined> {
  for (const { actor, sendings } of clients) {
    const before = answerIn(sendings.at(-1)?.moment.ended);
    if (before === undefined || before.status >= 300) continue;
    const order = actor.order(sendings.length, 0);
    const again = await alone(actor.function, order, world, surroundings);
    if (essence(answerIn(again.ended)) !== essence(before))
      return `${actor.name} sends again what was answered ${essence(before)}, and is answered ${essence(answerIn(again.ended))}`;
  }
  return undefined;
}

/** Requests under one key have one answer. */
function differing({ clients }: Outcome): string | undefined {
  const byKey = Map.groupBy(
    clients.flatMap(({ actor, sendings }) => {
      const answer = answerIn(sendings.at(-1)?.moment.ended);
      return answer === undefined || answer.status >= 300 ? [] : [{ actor, answer: essence(answer) }];
    }),
    ({ actor }) => keyOf(actor),
  );
  for (const [key, all] of byKey) {
    const different = all.find(({ answer }) => answer !== all[0]?.answer);
    if (different !== undefined)
      return `key ${key} was answered ${all[0]?.answer} to ${all[0]?.actor.name}, and ${different.answer} to ${different.actor.name}`;
  }
  return undefined;
}

const keyOf = (actor: Actor): string =>
  JSON.parse(actor.order(0, 0).event).headers?.['Idempotency-Key'] ?? '';

/** What of an answer is the same each time. */
const essence = (answer: Answered | undefined): string =>
  JSON.stringify(answer && [answer.status, answer.headers.ETag, answer.headers.Location, answer.text]);

/** Answers, items and their histories, without what two runs have of their own: times, and the random part of a tag. */
function told(answers: readonly (Ended | undefined)[], world: World): string {
  const items = world.under('stream/').map(([name]) => {
    const images = imagesOf(world, name.slice('stream/'.length));
    const last = images.at(-1) ?? {};
    return {
      name,
      events: images.map(({ last: event }) => event),
      ...Object.fromEntries(['state', 'version', 'data', 'hidden'].map((member) => [member, last[member]])),
    };
  });
  const shown = answers
    .map(answerIn)
    .map((answer) => answer && [answer.status, answer.headers.ETag, answer.text]);
  return JSON.stringify([shown, items]).replace(OWN, '…');
}

const OWN =
  /\b\d{13}\b|\d{4}-\d\d-\d\dT[\d:.]+Z|(?<=\\?"\d+-)[\w-]{4}(?=[\\";])|urn:[a-z-]+:request:[\w.-]+/g;
