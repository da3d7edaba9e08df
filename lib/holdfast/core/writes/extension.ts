import type { Besides } from '../decisions/apply-decision.ts';
import type { ActionExtension } from '../definitions/action-extension.ts';
import type { Problem } from '../problems/problem.ts';
import type { View } from '../requests/view.ts';
import type { Item, PlannedWrite, Store, Values, WriteEvent } from '../store/store.ts';
import type { Asked } from './asked.ts';

/** What a decision is to be made on, as far as it has been read. */
export interface Reading {
  readonly asked: Asked;
  readonly view: View;
  /** The resource that it is about; undefined for a create. */
  readonly read: Item | undefined;
  /** The request's input in its newest form. */
  readonly input: Readonly<Record<string, unknown>>;
  readonly store: Store;
}

/** What the write of a decision knows of itself. */
export interface Made {
  /** Of the resource that the decision is about, and what it does to it. */
  readonly id: string;
  readonly event: WriteEvent;
  /** RFC 3339, UTC. */
  readonly now: string;
  readonly newCommit: () => string;
}

/** What a capability has read for one decision, and what it makes of it. */
export interface Extended extends Besides {
  /** Why no decision can be made on it. @default nothing stands in the way */
  readonly refusal?: Problem;
  /** Every item that was read besides, by its key. */
  readonly items: ReadonlyMap<string, Item | undefined>;
  /**
   * What is written besides.
   * @param result all that `decide` gave
   * @throws DefinitionFault for what it must not give
   */
  writes(result: Values, made: Made): readonly PlannedWrite[];
}

/** A capability's part in the write of an action: it reads more than the resource, and may write more. */
export interface Extension extends ActionExtension {
  /**
   * Reads what the decision is made on besides.
   * @throws Problem `temporarily-unavailable`, and what is wrong with the request, whatever is stored
   */
  extend(reading: Reading): Promise<Extended>;
}

const isExtension = (extension: ActionExtension): extension is Extension => 'extend' in extension;

/** The extension of an action; undefined where it has none. */
export const extensionOf = ({ with: extension }: Asked['action']): Extension | undefined =>
  extension !== undefined && isExtension(extension) ? extension : undefined;
