import payouts from '../../../../functions/actions/payouts/resource.ts';
import { imagesOf } from '../../../../lib/holdfast/testing/explore/store/table.ts';
import type { World } from '../../../../lib/holdfast/testing/explore/store/world.ts';
import { type Asked, type Meeting, meeting } from '../../explore/meeting.ts';
import type { Found } from '../../explore/mutants.ts';
import type { Plan } from '../../explore/scenarios.ts';
import { entriesOf } from '../../explore/subjects.ts';
import { tornIn } from '../../explore/torn.ts';
import { inputOf } from '../../model/knowledge.ts';
import copy from './explored/copy.ts';
import exchange from './explored/exchange.ts';
import quote from './explored/quote.ts';

const ACTIONS = [quote, exchange, copy];

const made = (n: number, tenant?: string): Asked => ({
  action: 'create',
  key: `c${n}`,
  ...(tenant !== undefined && { tenant }),
  input: () => inputOf('create', n),
});

/** Who asks for an action on one of two payouts, by the other one. */
const by = (action: 'quote' | 'exchange' | 'copy', on: 0 | 1, key: string): Asked => ({
  action,
  key,
  ...(action !== 'copy' && { on }),
  input: (ids) => ({ other: ids[1 - on] }),
});

/** Whatever was changed besides was in a state in which it may be. */
async function unlawfulIn(world: World): Promise<string | undefined> {
  const events = world
    .under('stream/RecordsTable/')
    .flatMap(([name]) => imagesOf(world, name.slice('stream/'.length)).map(({ last }) => last?.M));
  const wrong = events.find((event) => {
    const action = ACTIONS.find(({ name }) => event?.action?.S === `${payouts.name}.${name}`);
    const [side] = action?.with?.touches ?? [];
    return side !== undefined && !side.states.includes(event?.from?.S ?? '');
  });
  return wrong && `${wrong.action?.S} has changed a payout that was ${wrong.from?.S}`;
}

const several = (
  name: string,
  about: string,
  who: Meeting['who'],
  before: Meeting['before'] = [made(0), made(1)],
): Plan =>
  meeting({
    name,
    about,
    faults: 2,
    before,
    who,
    left: async (world) => (await unlawfulIn(world)) ?? tornIn(world, payouts),
  });

/** Actions that decide on two payouts, so that each write is a transaction of both. */
export const PLANS: readonly Plan[] = [
  several('quotes', 'two payouts, each of which is changed by what the other one says', {
    alice: by('quote', 0, 'k'),
    bob: by('quote', 1, 'l'),
  }),
  several('exchanges', 'two transactions over the same two payouts, and the first one again', {
    alice: by('exchange', 0, 'k'),
    bob: by('exchange', 1, 'l'),
    again: by('exchange', 0, 'k'),
  }),
  several('quote-exchange', 'a transaction that checks what another one changes', {
    alice: by('quote', 0, 'k'),
    bob: by('exchange', 1, 'l'),
  }),
  several('copies', 'a payout is made like one that another transaction changes, and made again', {
    alice: by('copy', 0, 'k'),
    bob: by('exchange', 1, 'l'),
    again: by('copy', 0, 'k'),
  }),
  several('gone', 'a transaction that changes a payout which is cancelled', {
    alice: by('exchange', 0, 'k'),
    bob: { action: 'cancel', key: 'l', on: 1, input: () => inputOf('cancel', 1) },
  }),
  several(
    'theirs',
    "a transaction that names another tenant's payout, which that one cancels",
    {
      alice: by('exchange', 0, 'k'),
      theirs: {
        action: 'cancel',
        key: 'l',
        on: 1,
        tenant: 'other',
        input: () => inputOf('cancel', 1),
      },
    },
    [made(0), made(1, 'other')],
  ),
];

/** Functions of actions that the service does not have. */
export const SUBJECTS = ACTIONS.flatMap((action) =>
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
  {
    mutant: 'after a side has moved, no receipt is looked for',
    scenario: 'exchanges',
    symptom: /no order of these requests/,
  },
  {
    mutant: "another tenant's resource is a side",
    scenario: 'theirs',
    symptom: /an audit finds: .* was changed by payouts\.exchange in version 2 of .*, which is not there/,
  },
  {
    mutant: 'a side may be in any state',
    scenario: 'gone',
    symptom: /payouts\.exchange has changed a payout that was cancelled/,
  },
];
