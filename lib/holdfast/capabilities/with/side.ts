import type { Resource } from '../../core/definitions/define-resource.ts';

/** A resource that a decision takes in besides its own: a side. */
export interface Side {
  readonly resource: Resource;
  readonly writes: boolean;
  /** States that it has to be in. @default any */
  readonly from?: readonly string[];
  /** The state that a change leads to; `same` is the one that it is in. */
  readonly to: string;
  /** Members that may be changed. */
  readonly sets: readonly string[];
  /** At most so many. */
  readonly max: number;
  /** `decide` is given one, and not a list. */
  readonly single: boolean;
  /** It need not exist. */
  readonly optional: boolean;
  /** Ids, the same one as often as it likes. */
  readonly ids: (on: never) => readonly string[];
}
