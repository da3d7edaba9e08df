import type * as z from 'zod';

/** What a capability adds to an operation, as far as it can be known without running it. */
export interface OperationExtension {
  /** Schema of what is shown of it as `results`, each member of it once it has come. @default nothing is shown */
  readonly shows?: z.ZodObject;
  /** What a person tells besides of a step that was done: members of `result`, by the step's name. @default nothing */
  readonly asks?: Readonly<Record<string, readonly string[]>>;
}
