import { type Asked, type Meeting, meeting } from '../../explore/meeting.ts';
import type { Found } from '../../explore/mutants.ts';
import type { Plan } from '../../explore/scenarios.ts';
import { entriesOf } from '../../explore/subjects.ts';
import { tornIn } from '../../explore/torn.ts';
import name from './explored/name.ts';
import note from './explored/note.ts';
import payouts from './explored/payouts.ts';
import rename from './explored/rename.ts';
import renameBefore from './explored/rename-before.ts';
import renameBoth from './explored/rename-both.ts';

/** Who makes a payout for something, under a key of its own. */
const makes = (reference: string, key: string): Asked => ({
  action: 'name',
  key,
  input: () => ({ reference }),
});

/** Who says that one that is there is for something else. */
const renames = (on: number, reference: string, key: string): Asked => ({
  ...makes(reference, key),
  action: 'rename',
  on,
});

/** Who notes something about one of any version. */
const notes = (on: number, key: string): Asked => ({
  action: 'note',
  key,
  on,
  any: true,
  input: () => ({ note: key }),
});

type Scenario = Pick<Meeting, 'before' | 'who'> & Partial<Pick<Meeting, 'left'>>;

/** Whoever has a value holds it at the end, and nobody holds one that he has not. */
const scenario = (called: string, about: string, more: Scenario): Plan =>
  meeting({ name: called, about, faults: 2, left: (world) => tornIn(world, payouts), ...more });

const [A, B] = [makes('a', 'a'), makes('b', 'b')];

/** Values that only one resource may have, wanted by several at once. */
export const PLANS: readonly Plan[] = [
  scenario('one-value', 'two creates that want one value, and the first one again', {
    before: [],
    who: { alice: makes('x', 'k'), bob: makes('x', 'l'), again: makes('x', 'k') },
  }),
  scenario('let-go', 'one gives up a value that another one wants, who sends it again', {
    before: [A, B],
    who: { alice: renames(0, 'c', 'k'), bob: renames(1, 'a', 'l'), again: renames(1, 'a', 'l') },
  }),
  scenario('both-want', 'two that are there want one value, and a new one a value that is given up', {
    before: [A, B],
    who: { alice: renames(0, 'c', 'k'), bob: renames(1, 'c', 'l'), carol: makes('a', 'm') },
  }),
  scenario('one-for-both', 'one who gives two the same value, and one who takes it', {
    before: [A, B],
    who: {
      alice: {
        action: 'rename-both',
        key: 'k',
        on: 0,
        input: (ids) => ({ other: ids[1], reference: 'c' }),
      },
      bob: makes('c', 'l'),
    },
  }),
  scenario('left-behind', 'a release that knows no rule has given one a value of another, who lets it go', {
    before: [A, { ...renames(0, 'x', 'x'), action: 'rename-before' }, makes('x', 'y')],
    who: { alice: notes(0, 'k'), again: notes(0, 'k'), carol: renames(1, 'c', 'm') },
    // Its next write puts it right.
    left: async (world, { ask }) => tornIn(await ask(world, notes(0, 'later')), payouts),
  }),
  // Without this many at once, nothing stands in the way of a request and of what is beside it.
  scenario('taken-since', 'a value is taken and given up, and another one has it when that is sent again', {
    before: [A],
    who: {
      alice: renames(0, 'c', 'k'),
      again: renames(0, 'c', 'k'),
      dave: { ...renames(0, 'd', 'l'), any: true },
      bob: makes('c', 'm'),
    },
  }),
];

/** Functions of actions that the service does not have. */
export const SUBJECTS = [name, note, rename, renameBefore, renameBoth].flatMap((action) =>
  entriesOf(action, 'test/holdfast/capabilities/unique/explored'),
);

/** Mutants that a schedule shows. */
export const FOUND: readonly Found[] = [
  {
    mutant: 'an action takes what is taken, and is only counted',
    scenario: 'both-want',
    symptom: /an audit finds: .* has the same value as /,
  },
  {
    mutant: 'a value that is given up stays held',
    scenario: 'let-go',
    symptom: /an audit finds: unique#payouts#.* is held by .*, which does not have its value/,
  },
  {
    mutant: 'two of one decision take one value',
    scenario: 'one-for-both',
    symptom: /an audit finds: .* has the same value as /,
  },
  {
    mutant: 'what an older release has left behind refuses every action',
    scenario: 'left-behind',
    symptom: /a request is never answered|no order of these requests/,
  },
  {
    mutant: 'a version says that it holds what another one owns',
    scenario: 'left-behind',
    symptom: /an audit finds: .* does not hold unique#payouts#.*, and nobody does/,
  },
  {
    mutant: 'what is beside a resource is judged before it',
    scenario: 'taken-since',
    symptom: /no order of these requests|a key has one answer/,
  },
];
