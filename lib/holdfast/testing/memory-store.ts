import { RECEIPT_LIFE_MS, type Receipt } from '../core/decisions/receipts.ts';
import type { StoredResource } from '../core/definitions/representation.ts';
import { type Extendable, readMembers } from '../core/definitions/resource-extension.ts';
import {
  type Item,
  isSame,
  type Plan,
  type PlannedWrite,
  type Store,
  type Values,
  type WriteEvent,
  type Written,
} from '../core/store/store.ts';

/** One write, as it is kept: what DynamoDB's stream would tell. */
export interface Kept {
  readonly pk: string;
  readonly event: WriteEvent;
  readonly stored: StoredResource;
}

/**
 * Resources in memory, for tests that need no store of AWS: each call waits its turn, so that requests meet in it as they do
 * elsewhere. It keeps every promise of a {@link Store}; what DynamoDB does besides, it does not.
 */
export class MemoryStore implements Store {
  /** Every version that was written, in its order. */
  readonly kept: Kept[] = [];
  readonly #items = new Map<string, Item>();
  readonly #others = new Map<string, Values>();
  readonly #turn: (call: string) => Promise<void>;

  /** Items that are no resource's, by their keys: operations, and what capabilities keep in items of their own. */
  get others(): ReadonlyMap<string, Values> {
    return this.#others;
  }

  /** @param turn what happens before a call is done. @default all others who are ready go first */
  constructor(turn: (call: string) => Promise<void> = () => new Promise((resolve) => setImmediate(resolve))) {
    this.#turn = turn;
  }

  async load(resource: Extendable, pk: string): Promise<Item | undefined> {
    await this.#turn(`load ${pk}`);
    return readAs(resource, pk, this.#items.get(pk));
  }

  async loadTogether(read: ReadonlyMap<string, unknown>): Promise<readonly (Item | undefined)[]> {
    await this.#turn('loadTogether');
    return [...read.keys()].map((pk) => this.#items.get(pk));
  }

  async findReceipt(_pk: string, item: Item, key: string): Promise<Receipt | undefined> {
    return item.receipts.find((receipt) => receipt.key === key);
  }

  async write(plan: Plan): Promise<Written> {
    await this.#turn('write');
    const { resource, pk, read, beside } = plan;
    const standing = this.#items.get(pk);
    if (!isSame(standing, read)) return { done: false, standing: readAs(resource, pk, standing) };
    const refused = beside.filter((each) => !this.#holds(each));
    if (refused.length > 0)
      return { done: false, refused: new Map(refused.map((each) => [each.label, this.#insteadOf(each)])) };
    const { operations = read?.operations ?? 0 } = plan.attributes;
    this.#put({ ...plan, receipts: withReceipt(plan), operations: Number(operations) });
    for (const each of beside) this.#apply(each);
    return { done: true };
  }

  #holds(planned: PlannedWrite): boolean {
    if ('put' in planned) return this.#isOf(planned.put.pk, planned.of);
    if ('remove' in planned) return this.#isOf(planned.remove.pk, planned.remove.of);
    const { pk, read } = 'check' in planned ? planned.check : planned.change;
    return isSame(this.#items.get(pk), read);
  }

  /** What stands where something was to be put. */
  #insteadOf(planned: PlannedWrite): Values | undefined {
    return 'put' in planned ? this.#others.get(planned.put.pk) : undefined;
  }

  /** Whether an item is not there, or is of an owner. */
  #isOf(pk: string, owner: string | undefined): boolean {
    const other = this.#others.get(pk);
    return other === undefined || (owner !== undefined && other.owner === owner);
  }

  #apply(planned: PlannedWrite): void {
    if ('put' in planned) this.#others.set(planned.put.pk, planned.put);
    if ('remove' in planned) this.#others.delete(planned.remove.pk);
    if ('change' in planned) this.#put({ ...planned.change.read, ...planned.change });
  }

  #put({ pk, read, decided, event, receipts, operations, attributes }: Put) {
    const { next, changes, hidden } = decided;
    const stored = structuredClone({
      ...next,
      data: merged(read?.kept ?? read?.stored.data, changes),
      hidden: merged(read?.stored.hidden, hidden),
    });
    const { derived = read?.derived } = attributes ?? {};
    this.#items.set(pk, {
      stored,
      receipts,
      operations,
      spilledUntil: 0,
      last: { ...event },
      ...(isValues(derived) && { derived }),
    });
    this.kept.push({ pk, event, stored });
  }
}

type Put = Pick<Plan, 'pk' | 'read' | 'decided' | 'event'> &
  Pick<Item, 'receipts' | 'operations'> & { readonly attributes?: Values };

const isValues = (value: unknown): value is Values => typeof value === 'object' && value !== null;

/** An item as code knows it, whatever shape it is kept in. */
function readAs(resource: Extendable, pk: string, item: Item | undefined): Item | undefined {
  if (item === undefined) return undefined;
  const { data } = item.stored;
  const stored = { ...item.stored, data: readMembers(resource, pk, data) };
  return { ...item, stored, ...(resource.extensions && { kept: data }) };
}

/** The receipts of a resource once one more has come: those that are still promised, and that. */
const withReceipt = ({ read, receipt }: Plan): readonly Receipt[] => [
  ...(read?.receipts ?? []).filter(({ pinned, at }) => pinned || at + RECEIPT_LIFE_MS >= receipt.at),
  receipt,
];

const merged = (before: Values = {}, changes: Values): Values =>
  Object.fromEntries(Object.entries({ ...before, ...changes }).filter(([, value]) => value !== null));
