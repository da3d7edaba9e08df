import type { Options } from '../cli/command/command.ts';
import type { Registry } from '../service/registry.ts';

/** What a person has asked for, by the names of operands and options; operands are always there. */
export type Given = Readonly<Record<string, string | undefined>>;

/** What a generator is about to write. */
export interface Plan {
  /** Text of each new file by its path from the root; what others import comes first. */
  readonly files: Readonly<Record<string, string>>;
  /** Name and input of the example of a new action, as code has them. @default no action is made */
  readonly example?: readonly [name: string, input: string];
  /** Says what is there now, and how to try it. */
  readonly told: readonly string[];
}

/** One kind of thing that can be made. */
export interface Generator {
  /** What it makes, in one line. */
  readonly summary: string;
  /** What each is for, in the order in which they are written. */
  readonly operands: Readonly<Record<string, string>>;
  readonly options: Options;
  /** @throws UsageError for what is not allowed, with what is */
  plan(given: Given, registry: Registry): Plan;
}
