import type { Decided } from '../decisions/apply-decision.ts';
import { addReceipt, encodeReceipts, type Receipt } from '../decisions/receipts.ts';
import { Problem } from '../problems/problem.ts';
import type { ProblemRow } from '../problems/problems.ts';
import { itemSize } from '../store/item-size.ts';
import type { Item, Plan, Values } from '../store/store.ts';

const KB = 1_024;

/**
 * An item may have 400 KB, and the items of a transaction 4 MB: some room is kept for what the store adds.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html
 */
const MAX = { item: 390 * KB, all: 3.9 * KB * KB };

/** A key, times, a state and their like. */
const OWN_ATTRIBUTES = KB;

/** What nobody outside has a name for. */
const OTHER = 'record beside it';

/** Why a decision is refused that the store could not take, by code. */
export const sizeProblems = {
  'too-large': {
    status: 422,
    title: 'The action would store more than fits into one write',
    category: 'limit',
    recovery: 'fix-request',
    tell: 'This is too much at once. Please shorten it, or do it in smaller parts.',
    check:
      'Which resource does the detail name, and how large is it? One may have 390 KB, and all that one action writes 3.9 MB.',
  },
} as const satisfies Readonly<Record<string, ProblemRow>>;

/**
 * What a plan writes fits into the store's limits: it is refused before it is sent, and not as a fault of the service.
 * @throws Problem `too-large`
 */
export function checkSize(plan: Plan): void {
  // Receipts take less than their text: what fits with that needs none to be deflated once more.
  if (faultOf(sizesOf(plan, asText)) === undefined) return;
  const detail = faultOf(sizesOf(plan, deflated));
  if (detail !== undefined) throw new Problem('too-large', { detail }, sizeProblems['too-large']);
}

/** How much receipts take in their item, once one has been added. */
type Receipts = (held: readonly Receipt[], added: Receipt | undefined) => number;

const asText: Receipts = (held, added) =>
  Buffer.byteLength(JSON.stringify(added === undefined ? held : [...held, added]));

const deflated: Receipts = (held, added) =>
  (added === undefined ? encodeReceipts(held) : addReceipt(held, added).encoded).length;

/** Bytes of each item that is written or checked, and what it is called. */
type Sizes = readonly (readonly [what: string, bytes: number])[];

function sizesOf({ resource, read, decided, receipt, attributes, beside }: Plan, receipts: Receipts): Sizes {
  const kept = receipts(read?.receipts ?? [], receipt);
  return [
    [resource.singular, resourceSize(read, decided, attributes) + kept],
    ...beside.map((each): Sizes[number] => {
      if ('put' in each) return [OTHER, itemSize(each.put)];
      if ('remove' in each) return [OTHER, OWN_ATTRIBUTES];
      const item = 'check' in each ? each.check.read : each.change.read;
      const held = item === undefined ? 0 : receipts(item.receipts, undefined);
      if ('check' in each) return [OTHER, item === undefined ? 0 : standingSize(item) + held];
      const { resource: of, decided: made, attributes: own = {} } = each.change;
      return [of.singular, resourceSize(item, made, own) + held];
    }),
  ];
}

const standingSize = ({ stored, kept, derived = {} }: Item): number =>
  OWN_ATTRIBUTES + itemSize(kept ?? stored.data) + itemSize(stored.hidden ?? {}) + itemSize(derived);

const resourceSize = (read: Item | undefined, { next, hidden }: Decided, attributes: Values): number =>
  OWN_ATTRIBUTES +
  itemSize(next.data) +
  itemSize({ ...read?.stored.hidden, ...hidden }) +
  itemSize(attributes);

/** What is too large of what, in a sentence. */
function faultOf(sizes: Sizes): string | undefined {
  const [what, bytes] = sizes.reduce((largest, each) => (each[1] > largest[1] ? each : largest), ['', 0]);
  if (bytes > MAX.item)
    return `the ${what} would take ${told(bytes)}, and at most ${told(MAX.item)} fit; make it shorter`;
  const all = sizes.reduce((sum, [, each]) => sum + each, 0);
  return all > MAX.all
    ? `all that is written would take ${told(all)}, and at most ${told(MAX.all)} fit into one write; do less at once`
    : undefined;
}

const told = (bytes: number): string => `${Math.ceil(bytes / KB).toLocaleString('en')} KB`;
