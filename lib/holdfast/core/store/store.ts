import type { Decided } from '../decisions/apply-decision.ts';
import type { Receipt } from '../decisions/receipts.ts';
import type { StoredResource } from '../definitions/representation.ts';

/** What is stored, by name; a member that is undefined is none. */
export type Values = Readonly<Record<string, unknown>>;

/** A resource's item: the resource, the receipts it holds, and whether it has spilled any. */
export interface Item {
  readonly stored: StoredResource;
  readonly receipts: readonly Receipt[];
  /** Epoch seconds until which spilled receipts are looked for; 0 where none were spilled. */
  readonly spilledUntil: number;
  /** How many operations it has had. */
  readonly operations: number;
  /** The event that made its version. */
  readonly last: Values | undefined;
}

/** What a write says on the item about itself; history is made from it. */
export interface WriteEvent {
  readonly action: string;
  readonly actor: string;
  /** {@link keyHash} of the Idempotency-Key. */
  readonly key: string;
  readonly from?: string;
  readonly to: string;
  readonly version: number;
  /** Id of the operation that it accepted or ended. */
  readonly operation?: string;
}

/** An item that commits with the one that the request is about, or not at all: nothing stands there yet. */
export interface PlannedPut {
  /** What its refusal is known by. */
  readonly label: string;
  readonly put: Values & { readonly pk: string };
}

/** Everything that one request stores, together or not at all. */
export interface Plan {
  readonly pk: string;
  /** Partition of the tenant's list. */
  readonly list: string;
  /** What the decision was made on; undefined for a create. */
  readonly read: Item | undefined;
  readonly decided: Decided;
  readonly receipt: Receipt;
  readonly event: WriteEvent;
  /** Attributes of the item itself besides those of every one. */
  readonly attributes: Values;
  readonly beside: readonly PlannedPut[];
}

/** Either the plan is stored whole, or nothing of it is. */
export type Written =
  | { readonly done: true }
  /** What stands in its place; undefined where nothing does any more. */
  | { readonly done: false; readonly standing: Item | undefined }
  /** The item is as it was read, and the write of this label found another item in its place. */
  | { readonly done: false; readonly taken: string };

/** Where resources are kept, as far as a write needs to know. */
export interface Store {
  /**
   * An item, as the last write left it.
   * @throws Problem `temporarily-unavailable`
   */
  load(pk: string): Promise<Item | undefined>;
  /**
   * The receipt under a key, whatever request it came with, in the item or wherever it went from there.
   * @throws Problem `temporarily-unavailable`
   */
  findReceipt(pk: string, item: Item, key: string, nowMs: number): Promise<Receipt | undefined>;
  /**
   * Stores all of a plan on condition that what was read still stands, or else nothing, and tells what stands instead.
   * @param deadlineMs epoch milliseconds until which contention is retried
   * @throws Problem `temporarily-unavailable`, when it is not known whether the write landed
   */
  write(plan: Plan, deadlineMs: number): Promise<Written>;
}
