import { send } from '../../../../lib/holdfast/testing/explore/alone.ts';
import { tables } from '../../../../lib/holdfast/testing/explore/fates.ts';
import { answerIn, BEGIN_MS, isAnswered, requested } from '../../../../lib/holdfast/testing/explore/http.ts';
import type { Actor } from '../../../../lib/holdfast/testing/explore/scenario.ts';
import { serialJudge } from '../../../../lib/holdfast/testing/explore/serial.ts';
import type { Stand } from '../../../../lib/holdfast/testing/explore/stand.ts';
import { World } from '../../../../lib/holdfast/testing/explore/store/world.ts';
import type { Found } from '../../explore/mutants.ts';
import type { Plan } from '../../explore/scenarios.ts';
import { entriesOf } from '../../explore/subjects.ts';
import name from './explored/name.ts';
import rename from './explored/rename.ts';

/** A payout, as somebody has seen it. */
interface Seen {
  readonly id: string;
  readonly etag: string;
}

/** Who wants a reference for a payout: a new one, or one that is there. */
interface Asked {
  readonly on: number | 'new';
  readonly reference: string;
  readonly key: string;
}

/** Clocks of two sendings differ. */
const APART_MS = 10_000;

const actorOf = (stand: Stand, who: string, { on, reference, key }: Asked, seen: readonly Seen[]): Actor => {
  const own = on === 'new' ? undefined : seen[on];
  return {
    name: who,
    function: stand.function(own === undefined ? 'payouts-name' : 'payouts-rename'),
    order: (sending) =>
      requested(
        `${who}.${sending}`,
        {
          by: { subject: 'alice', tenant: 'acme' },
          scopes: 'payouts:*',
          ...(own && { parameters: { payoutId: own.id } }),
          headers: { 'Idempotency-Key': key, ...(own && { 'If-Match': own.etag }) },
          body: JSON.stringify({ reference }),
        },
        BEGIN_MS + (1 + sending) * APART_MS,
      ),
    isSettled: isAnswered,
  };
};

const scenario = (
  called: string,
  about: string,
  references: readonly string[],
  who: Readonly<Record<string, Asked>>,
): Plan => ({
  name: called,
  about,
  faults: 2,
  functions: ['payouts-name', 'payouts-rename'],
  async set(stand) {
    let world = new World();
    const seen: Seen[] = [];
    for (const reference of references) {
      const actor = actorOf(stand, `made ${reference}`, { on: 'new', reference, key: reference }, seen);
      const came = await send(actor, world, tables);
      world = came.world;
      const made = answerIn(came.ended);
      seen.push({ id: String(JSON.parse(made?.text ?? '{}').id), etag: made?.headers.ETag ?? '' });
    }
    const actors = Object.entries(who).map(([each, asked]) => actorOf(stand, each, asked, seen));
    const judge = await serialJudge({ world, actors }, tables);
    return { scenario: { name: called, world, actors, judge, judged: 'ends' }, surroundings: tables };
  },
});

/** Values that only one resource may have, wanted by several at once. */
export const PLANS: readonly Plan[] = [
  scenario('one-value', 'two creates that want one value, and the first one again', [], {
    alice: { on: 'new', reference: 'x', key: 'k' },
    bob: { on: 'new', reference: 'x', key: 'l' },
    again: { on: 'new', reference: 'x', key: 'k' },
  }),
  scenario('let-go', 'one gives up a value that another one wants, who sends it again', ['a', 'b'], {
    alice: { on: 0, reference: 'c', key: 'k' },
    bob: { on: 1, reference: 'a', key: 'l' },
    again: { on: 1, reference: 'a', key: 'l' },
  }),
  scenario(
    'both-want',
    'two that are there want one value, and a new one a value that is given up',
    ['a', 'b'],
    {
      alice: { on: 0, reference: 'c', key: 'k' },
      bob: { on: 1, reference: 'c', key: 'l' },
      carol: { on: 'new', reference: 'a', key: 'm' },
    },
  ),
];

/** Functions of actions that the service does not have. */
export const SUBJECTS = [name, rename].flatMap((action) =>
  entriesOf(action, 'test/holdfast/capabilities/unique/explored'),
);

/** Mutants that a schedule shows. */
export const FOUND: readonly Found[] = [];
