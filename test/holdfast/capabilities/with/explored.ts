import { tables } from '../../../../lib/holdfast/testing/explore/fates.ts';
import { BEGIN_MS, isAnswered, requested } from '../../../../lib/holdfast/testing/explore/http.ts';
import type { Actor } from '../../../../lib/holdfast/testing/explore/scenario.ts';
import { serialJudge } from '../../../../lib/holdfast/testing/explore/serial.ts';
import type { Stand } from '../../../../lib/holdfast/testing/explore/stand.ts';
import { World } from '../../../../lib/holdfast/testing/explore/store/world.ts';
import type { Found } from '../../explore/mutants.ts';
import { Prelude } from '../../explore/people.ts';
import type { Plan } from '../../explore/scenarios.ts';
import { entriesOf } from '../../explore/subjects.ts';
import { inputOf } from '../../model/knowledge.ts';
import copy from './explored/copy.ts';
import exchange from './explored/exchange.ts';
import quote from './explored/quote.ts';

/** A payout, as somebody has seen it. */
interface Seen {
  readonly id: string;
  readonly etag: string;
}

/** Who asks for an action on one payout, by the other one. */
interface Asked {
  readonly action: 'quote' | 'exchange' | 'copy';
  readonly on: 0 | 1;
  readonly key: string;
}

const TENANT = 'acme';

/** Clocks of two sendings differ. */
const APART_MS = 10_000;

function actorOf(stand: Stand, name: string, { action, on, key }: Asked, seen: readonly Seen[]): Actor {
  const [own, other] = on === 0 ? seen : seen.toReversed();
  return {
    name,
    function: stand.function(`payouts-${action}`),
    order: (sending) =>
      requested(
        `${name}.${sending}`,
        {
          by: { subject: 'alice', tenant: TENANT },
          scopes: 'payouts:*',
          parameters: { payoutId: own?.id ?? '' },
          headers: { 'Idempotency-Key': key, 'If-Match': own?.etag ?? '' },
          body: JSON.stringify({ other: other?.id }),
        },
        BEGIN_MS + (1 + sending) * APART_MS,
      ),
    isSettled: isAnswered,
  };
}

function several(name: string, about: string, faults: number, who: Readonly<Record<string, Asked>>): Plan {
  const acted = new Set(Object.values(who).map(({ action }) => `payouts-${action}`));
  return {
    name,
    about,
    faults,
    functions: ['payouts-create', ...acted],
    async set(stand) {
      const prelude = new Prelude(stand, new World());
      const seen: Seen[] = [];
      for (const [n, key] of ['c', 'd'].entries()) {
        const made = await prelude.act({ by: 'alice', action: 'create', key, input: inputOf('create', n) });
        seen.push({ id: String(JSON.parse(made.text).id), etag: made.headers.ETag ?? '' });
      }
      const actors = Object.entries(who).map(([each, asked]) => actorOf(stand, each, asked, seen));
      const { world } = prelude;
      const judge = await serialJudge({ world, actors }, tables);
      return { scenario: { name, world, actors, judge, judged: 'ends' }, surroundings: tables };
    },
  };
}

/** Actions that decide on two payouts, so that each write is a transaction of both. */
export const PLANS: readonly Plan[] = [
  several('quotes', 'two payouts, each of which is changed by what the other one says', 2, {
    alice: { action: 'quote', on: 0, key: 'k' },
    bob: { action: 'quote', on: 1, key: 'l' },
  }),
  several('exchanges', 'two transactions over the same two payouts, and the first one again', 2, {
    alice: { action: 'exchange', on: 0, key: 'k' },
    bob: { action: 'exchange', on: 1, key: 'l' },
    again: { action: 'exchange', on: 0, key: 'k' },
  }),
  several('quote-exchange', 'a transaction that checks what another one changes', 2, {
    alice: { action: 'quote', on: 0, key: 'k' },
    bob: { action: 'exchange', on: 1, key: 'l' },
  }),
  several('copies', 'a payout is made like one that another transaction changes, and made again', 2, {
    alice: { action: 'copy', on: 0, key: 'k' },
    bob: { action: 'exchange', on: 1, key: 'l' },
    again: { action: 'copy', on: 0, key: 'k' },
  }),
];

/** Functions of actions that the service does not have. */
export const SUBJECTS = [quote, exchange, copy].flatMap((action) =>
  entriesOf(action, 'test/holdfast/capabilities/with/explored'),
);

/** Mutants that a schedule shows. */
export const FOUND: readonly Found[] = [
  {
    mutant: 'what a decision only reads is not held to what it read',
    scenario: 'quotes',
    symptom: /no order of these requests/,
  },
  {
    mutant: 'a refusal is told of what never stood together',
    scenario: 'quote-exchange',
    symptom: /no order of these requests/,
  },
  {
    mutant: 'a side that moves counts as a conflict over the resource',
    scenario: 'quotes',
    symptom: /no order of these requests/,
  },
];
