import { RECEIPT_LIFE_MS, type Receipt } from '../core/decisions/receipts.ts';
import type { StoredResource } from '../core/definitions/representation.ts';
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
  /** Operations, which are carried out elsewhere. */
  readonly #others = new Map<string, Values>();
  readonly #turn: (call: string) => Promise<void>;

  /** @param turn what happens before a call is done. @default all others who are ready go first */
  constructor(turn: (call: string) => Promise<void> = () => new Promise((resolve) => setImmediate(resolve))) {
    this.#turn = turn;
  }

  async load(pk: string): Promise<Item | undefined> {
    await this.#turn(`load ${pk}`);
    return this.#items.get(pk);
  }

  async loadTogether(pks: readonly string[]): Promise<readonly (Item | undefined)[]> {
    await this.#turn('loadTogether');
    return pks.map((pk) => this.#items.get(pk));
  }

  async findReceipt(_pk: string, item: Item, key: string): Promise<Receipt | undefined> {
    return item.receipts.find((receipt) => receipt.key === key);
  }

  async write(plan: Plan): Promise<Written> {
    await this.#turn('write');
    const { pk, read, beside } = plan;
    const standing = this.#items.get(pk);
    if (!isSame(standing, read)) return { done: false, standing };
    const refused = beside.filter((each) => !this.#holds(each)).map(({ label }) => label);
    if (refused.length > 0) return { done: false, refused };
    const { operations = read?.operations ?? 0 } = plan.attributes;
    this.#put({ ...plan, receipts: withReceipt(plan), operations: Number(operations) });
    for (const each of beside) this.#apply(each);
    return { done: true };
  }

  #holds(planned: PlannedWrite): boolean {
    if ('put' in planned) return !this.#others.has(planned.put.pk);
    const { pk, read } = 'check' in planned ? planned.check : planned.change;
    return isSame(this.#items.get(pk), read);
  }

  #apply(planned: PlannedWrite): void {
    if ('put' in planned) this.#others.set(planned.put.pk, planned.put);
    if ('change' in planned) this.#put({ ...planned.change.read, ...planned.change });
  }

  #put({ pk, read, decided, event, receipts, operations }: Put) {
    const { next, changes, hidden } = decided;
    const stored = structuredClone({
      ...next,
      data: merged(read?.stored.data, changes),
      hidden: merged(read?.stored.hidden, hidden),
    });
    this.#items.set(pk, { stored, receipts, operations, spilledUntil: 0, last: { ...event } });
    this.kept.push({ pk, event, stored });
  }
}

type Put = Pick<Plan, 'pk' | 'read' | 'decided' | 'event'> & Pick<Item, 'receipts' | 'operations'>;

/** The receipts of a resource once one more has come: those that are still promised, and that. */
const withReceipt = ({ read, receipt }: Plan): readonly Receipt[] => [
  ...(read?.receipts ?? []).filter(({ pinned, at }) => pinned || at + RECEIPT_LIFE_MS >= receipt.at),
  receipt,
];

const merged = (before: Values = {}, changes: Values): Values =>
  Object.fromEntries(Object.entries({ ...before, ...changes }).filter(([, value]) => value !== null));
