import type { Decided } from '../decisions/apply-decision.ts';
import type { Batch } from '../decisions/receipt-batches.ts';
import type { Receipt } from '../decisions/receipts.ts';
import type { Resource } from '../definitions/define-resource.ts';
import type { StoredResource } from '../definitions/representation.ts';
import type { Problem } from '../problems/problem.ts';

/** What is stored, by name; a member that is undefined is none. */
export type Values = Readonly<Record<string, unknown>>;

/** A resource's item: the resource, the receipts it holds, and whether it has spilled any. */
export interface Item {
  readonly stored: StoredResource;
  readonly receipts: readonly Receipt[];
  /** Epoch seconds until which spilled receipts are looked for; 0 where none were spilled. */
  readonly spilledUntil: number;
  /** Where receipts are that have left it together. @default none have */
  readonly batches?: readonly Batch[];
  /** How many operations it has had. */
  readonly operations: number;
  /** The event that made its version. */
  readonly last: Values | undefined;
  /** Its members as they are kept, where that may be in another shape than the one that code knows. */
  readonly kept?: Values;
  /** What capabilities keep with it for themselves. */
  readonly derived?: Values;
  /** It was erased, by a release that can: its answers are kept no more. */
  readonly isErased?: true;
}

/** Which version of an item stands. */
export interface Standing {
  readonly stored: Pick<StoredResource, 'version' | 'commit'>;
}

/** Whether two reads of an item have found the same version of it; of nothing, where it was not there. */
export const isSame = (one: Standing | undefined, other: Standing | undefined): boolean =>
  one?.stored.version === other?.stored.version && one?.stored.commit === other?.stored.commit;

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
  /** The resource whose action it was, and the version that this made of it. @default its own */
  readonly cause?: { readonly type: string; readonly id: string; readonly version: number };
}

/** What is not worth a refusal. */
export interface Spare {
  /** The rule that does not hold then, which is counted. @default nothing is wrong */
  readonly rule?: string;
}

/** What commits with the item that the request is about, or not at all. */
export type PlannedWrite = {
  /** What its refusal is known by. */
  readonly label: string;
  /**
   * What the request is refused with where its condition fails. @default it is decided anew
   * @param standing what is there in its place, where that is known
   */
  readonly refusal?: (standing?: Values) => Problem;
  /** The rest is written without it where its condition fails. @default it is not */
  readonly spare?: Spare;
} & (
  | {
      /** An item where nothing stands yet, or one of this owner. */
      readonly put: Values & { readonly pk: string };
      /** @default nobody */
      readonly of?: string;
    }
  | {
      /** An item of this owner, which goes if it is there. */
      readonly remove: { readonly pk: string; readonly of: string };
    }
  | { readonly change: PlannedChange }
  | {
      /** An item that stands as it was read, or is still not there. */
      readonly check: { readonly pk: string; readonly read: Item | undefined };
    }
);

/** A change of another resource, on condition that it stands as it was read. Its receipts are not touched. */
export interface PlannedChange {
  readonly resource: Resource;
  readonly pk: string;
  readonly read: Item;
  readonly decided: Decided;
  readonly event: WriteEvent;
  /** Attributes of the item itself besides those of every one. @default none */
  readonly attributes?: Values;
}

/** Everything that one request stores, together or not at all. */
export interface Plan {
  readonly resource: Resource;
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
  readonly beside: readonly PlannedWrite[];
  /** The same without these writes that it may spare, by label. @default it spares none */
  readonly without?: (labels: readonly string[]) => Plan;
}

/** Either the plan is stored whole, or nothing of it is. */
export type Written =
  | { readonly done: true }
  /** What stands in its place; undefined where nothing does any more. */
  | { readonly done: false; readonly standing: Item | undefined }
  /** The item is as it was read, and the conditions of the writes of these labels failed: by what stands there, where that is told. */
  | { readonly done: false; readonly refused: ReadonlyMap<string, Values | undefined> };

/** Where resources are kept, as far as a write needs to know. */
export interface Store {
  /**
   * An item, as the last write left it.
   * @throws Problem `temporarily-unavailable`
   */
  load(resource: Resource, pk: string): Promise<Item | undefined>;
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
  /**
   * Which versions of items stood at one moment; undefined where somebody was writing one of them. Only a decision on more than its
   * own resource asks for it.
   * @param read the items by their keys, as they were read, that which the request is about first
   * @throws Problem `temporarily-unavailable`
   */
  loadTogether?(
    read: ReadonlyMap<string, Standing | undefined>,
  ): Promise<readonly (Standing | undefined)[] | undefined>;
}
