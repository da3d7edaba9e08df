import { send } from '../../../lib/holdfast/testing/explore/alone.ts';
import { tables } from '../../../lib/holdfast/testing/explore/fates.ts';
import { answerIn, BEGIN_MS, isAnswered, requested } from '../../../lib/holdfast/testing/explore/http.ts';
import type { Actor, Outcome } from '../../../lib/holdfast/testing/explore/scenario.ts';
import { serialJudge } from '../../../lib/holdfast/testing/explore/serial.ts';
import type { Stand } from '../../../lib/holdfast/testing/explore/stand.ts';
import { World } from '../../../lib/holdfast/testing/explore/store/world.ts';
import type { Plan } from './scenarios.ts';

/** A payout, as somebody has seen it. */
interface Seen {
  readonly id: string;
  readonly etag: string;
}

/** A request for an action on a payout that is there, or one that makes a payout. */
export interface Asked {
  readonly action: string;
  readonly key: string;
  /** The how-manieth that is there. @default it makes one */
  readonly on?: number;
  /** It takes whichever version stands. @default the one that was seen */
  readonly any?: true;
  readonly tenant?: string;
  /** @param ids of the payouts that are there */
  readonly input: (ids: readonly string[]) => object;
}

/** Requests for actions that a capability extends, and which the service does not have. */
export interface Meeting extends Pick<Plan, 'name' | 'about' | 'faults'> {
  /** Sent before, one after the other. */
  readonly before: readonly Asked[];
  readonly who: Readonly<Record<string, Asked>>;
  /** Functions besides those of the requests. @default none */
  readonly functions?: readonly string[];
  /** What is wrong with what they left, in words. @default nothing more than that no order of them leaves it */
  left?(world: World, after: After): Promise<string | undefined>;
}

/** What can be done once all are answered. */
export interface After {
  readonly stand: Stand;
  readonly ids: readonly string[];
  /** What a request leaves that nothing disturbs. */
  ask(world: World, asked: Asked): Promise<World>;
}

/** Clocks of two sendings differ. */
const APART_MS = 10_000;

function actorOf(stand: Stand, name: string, asked: Asked, seen: readonly Seen[]): Actor {
  const { action, key, on, any, tenant = 'acme' } = asked;
  const own = on === undefined ? undefined : seen[on];
  return {
    name,
    function: stand.function(`payouts-${action}`),
    order: (sending) =>
      requested(
        `${name}.${sending}`,
        {
          by: { subject: 'alice', tenant },
          scopes: 'payouts:*',
          ...(own && { parameters: { payoutId: own.id } }),
          headers: { 'Idempotency-Key': key, ...(own && { 'If-Match': any ? '*' : own.etag }) },
          body: JSON.stringify(asked.input(seen.map(({ id }) => id))),
        },
        BEGIN_MS + (1 + sending) * APART_MS,
      ),
    isSettled: isAnswered,
  };
}

/** Who meets, and what they leave: as if one had come after the other, and as whoever looks at it may expect. */
export function meeting({ before, who, functions = [], left, ...plan }: Meeting): Plan {
  const asked = [...before, ...Object.values(who)].map(({ action }) => `payouts-${action}`);
  return {
    ...plan,
    functions: [...new Set([...asked, ...functions])],
    async set(stand) {
      let world = new World();
      const seen: Seen[] = [];
      const ask = async (from: World, name: string, each: Asked) => {
        const came = await send(actorOf(stand, name, each, seen), from, tables);
        const { status = 0, headers = {}, text = '' } = answerIn(came.ended) ?? {};
        if (status === 0 || status >= 300)
          throw new Error(`${each.action} was answered ${status} ${text}, with nobody else there`);
        return { world: came.world, seen: { id: String(JSON.parse(text).id), etag: headers.ETag ?? '' } };
      };
      for (const [n, each] of before.entries()) {
        const made = await ask(world, `before.${n}`, each);
        world = made.world;
        seen[each.on ?? seen.length] = made.seen;
      }
      const actors = Object.entries(who).map(([name, each]) => actorOf(stand, name, each, seen));
      const bySerial = await serialJudge({ world, actors }, tables);
      const after: After = {
        stand,
        ids: seen.map(({ id }) => id),
        ask: async (from, each) => (await ask(from, `after.${each.key}`, each)).world,
      };
      const judge = async (outcome: Outcome) => (await bySerial(outcome)) ?? left?.(outcome.world, after);
      return {
        scenario: { name: plan.name, world, actors, judge, judged: 'ends' },
        surroundings: tables,
      };
    },
  };
}
