import { resourceEntries } from '../../../../lib/holdfast/cdk/bundles/function-entry.ts';
import { rulesOf } from '../../../../lib/holdfast/core/definitions/resource-extension.ts';
import { backfillKey } from '../../../../lib/holdfast/core/store/keys.ts';
import { write } from '../../../../lib/holdfast/runtime/aws/attributes.ts';
import { alone } from '../../../../lib/holdfast/testing/explore/alone.ts';
import { tables } from '../../../../lib/holdfast/testing/explore/fates.ts';
import { answerIn, BEGIN_MS, requested } from '../../../../lib/holdfast/testing/explore/http.ts';
import type { Stand } from '../../../../lib/holdfast/testing/explore/stand.ts';
import type { Item } from '../../../../lib/holdfast/testing/explore/store/expression.ts';
import { itemIn } from '../../../../lib/holdfast/testing/explore/store/table.ts';
import type { World } from '../../../../lib/holdfast/testing/explore/store/world.ts';
import { type Asked, type Meeting, meeting } from '../../explore/meeting.ts';
import type { Found } from '../../explore/mutants.ts';
import type { Plan } from '../../explore/scenarios.ts';
import { entriesOf } from '../../explore/subjects.ts';
import { tornIn } from '../../explore/torn.ts';
import close from './explored/close.ts';
import file from './explored/file.ts';
import label from './explored/label.ts';
import labelBefore from './explored/label-before.ts';
import payouts from './explored/payouts.ts';

const FOLDER = 'test/holdfast/capabilities/lists/explored';

/** The function that serves lists of them; the service has one of its own under the usual name. */
const LISTED = 'payouts-listed';

/** What payouts are for, one after the other. */
const REFERENCES = ['a', 'b', 'c'];

const files = (reference: string, key: string): Asked => ({
  action: 'file',
  key,
  input: () => ({ reference }),
});

type Said = { readonly reference?: string; readonly note: string | null };

const labels = (key: string, said: Said, more: Partial<Asked> = {}): Asked => ({
  action: 'label',
  key,
  on: 0,
  input: () => said,
  ...more,
});

/** A run of a backfill is recorded: without it no list is served. */
const RECORD = [
  `RecordsTable/${backfillKey(payouts)}`,
  JSON.stringify(write({ pk: backfillKey(payouts), rules: rulesOf(payouts) })),
] as const;

/** Longer than the function keeps in mind that a list is complete: each is asked for as by a function that has just started. */
const APART_MS = 120_000;

let asked = 0;

/** Ids of the payouts that the list of a reference shows. */
async function shown(stand: Stand, world: World, reference: string): Promise<readonly string[]> {
  const by = { by: { subject: 'alice', tenant: 'acme' }, scopes: 'payouts:*' };
  const order = requested(`list ${++asked}`, by, BEGIN_MS + asked * APART_MS);
  const event = { ...JSON.parse(order.event), multiValueQueryStringParameters: { reference: [reference] } };
  const of = { ...order, event: JSON.stringify(event) };
  const { ended } = await alone(stand.function(LISTED), of, world.with([RECORD]), tables);
  const { status, text = '' } = answerIn(ended) ?? {};
  if (status !== 200) throw new Error(`the list of '${reference}' was answered ${status} ${text}`);
  return JSON.parse(text).items.map(({ id }: { readonly id: string }) => id);
}

/** Whoever is not in a list has no place in its index: it would be paid for, and never shown. */
const unlisted = (world: World): string | undefined =>
  world
    .under('RecordsTable/payouts#')
    .map(([, text]): Item => JSON.parse(text))
    .filter(({ data, l2 }) => l2 !== undefined && data?.M?.note === undefined)
    .map(({ pk }) => `${pk?.S} has a place among those of which something is noted, and nothing is`)[0];

/** Each list shows the payouts whose members say so. @param may whether one that should be there may be missing */
async function misplaced(
  { stand, ids }: Parameters<NonNullable<Meeting['left']>>[1],
  world: World,
  may: 'all' | 'some',
) {
  for (const reference of REFERENCES) {
    const here = await shown(stand, world, reference);
    const found = ids.map((id) => itemIn(world, `RecordsTable/payouts#acme#${id}`)?.data?.M?.reference?.S);
    const due = ids.filter((_, i) => found[i] === reference);
    const isRight = may === 'some' || due.every((id) => here.includes(id));
    // Whoever was made meanwhile is listed, too.
    const wrong = here.filter((id) => ids.includes(id) && !due.includes(id));
    if (!isRight || wrong.length > 0)
      return `the list of '${reference}' shows ${here.join(', ')}, and is that of ${due.join(', ')}`;
  }
  return undefined;
}

/** What is in a key is a text: DynamoDB refuses to store anything else there. */
function refused(world: World): string | undefined {
  const keys = world.under('RecordsTable/').flatMap(([, text]) => {
    const item: Item = JSON.parse(text);
    return Object.entries(item).filter(([name, { S }]) => /^[lo]\d$/.test(name) && S === undefined);
  });
  return keys.length === 0 ? undefined : `keys are no texts: ${JSON.stringify(keys)}`;
}

const listed = (
  name: string,
  about: string,
  { left, ...more }: Pick<Meeting, 'before' | 'who'> & Partial<Pick<Meeting, 'left'>>,
): Plan =>
  meeting({
    name,
    about,
    faults: 2,
    functions: [LISTED],
    async left(world, after) {
      const wrong = refused(world) ?? (await left?.(world, after));
      if (wrong !== undefined || left !== undefined) return wrong;
      return unlisted(world) ?? (await tornIn(world, payouts)) ?? misplaced(after, world, 'all');
    },
    ...more,
  });

const [ALICE, BOB] = [labels('k', { reference: 'b', note: 'm' }), { reference: 'c', note: null }];

/** Payouts whose places in lists move. */
export const PLANS: readonly Plan[] = [
  listed('filed', 'two payouts that come to one list, the first one again', {
    before: [],
    who: { alice: files('a', 'k'), again: files('a', 'k'), bob: files('a', 'l') },
  }),
  listed('moves', 'a payout that one moves to other lists, sent again, and another one takes out of one', {
    before: [files('a', 'a'), labels('n', { note: 'n' })],
    who: { alice: ALICE, again: ALICE, bob: labels('l', BOB, { any: true, action: 'close' }) },
  }),
  listed('moved-before', 'a release that has no lists moves a payout while another one notes something', {
    before: [files('a', 'a')],
    who: {
      alice: labels('k', { reference: 'b', note: null }, { any: true, action: 'label-before' }),
      bob: labels('l', { note: 'm' }, { any: true }),
    },
    async left(world, after) {
      const later = await after.ask(world, labels('later', { note: 'o' }, { any: true }));
      return (
        (await misplaced(after, world, 'some')) ??
        (await tornIn(later, payouts)) ??
        misplaced(after, later, 'all')
      );
    },
  }),
];

const { list } = resourceEntries({ definition: payouts, file: `${FOLDER}/payouts.ts`, actions: [] });

/** Functions that the service does not have. */
export const SUBJECTS = [
  { ...list, name: LISTED },
  ...[file, label, close, labelBefore].flatMap((action) => entriesOf(action, FOLDER)),
];

/** Mutants that a schedule shows. */
export const FOUND: readonly Found[] = [
  {
    mutant: 'a key that does not apply any more stays',
    scenario: 'moves',
    symptom: /has a place among those of which something is noted, and nothing is/,
  },
  {
    mutant: 'a resource is made with null in place of the keys that it has not',
    scenario: 'filed',
    symptom: /keys are no texts: \[\["l2",\{"NULL":true\}\]/,
  },
  {
    mutant: 'a stale key of another release is shown',
    scenario: 'moved-before',
    symptom: /the list of 'a' shows po_\w+, and is that of $/m,
  },
];
