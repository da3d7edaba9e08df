import type * as z from 'zod';
import { refusalWords } from './refusal-words.ts';

/** What a schema makes of a value, or that a rule of it throws. */
export type Judged =
  | {
      readonly result: z.ZodSafeParseResult<Record<string, unknown>>;
      readonly fault?: never;
      readonly cause?: never;
    }
  | {
      readonly result?: never;
      /** What the rule does, with the name of what it throws and no word of it: it may repeat the value. */
      readonly fault: string;
      readonly cause: unknown;
    };

/** The schema of a member of an object, which Zod calls by its core's type. */
export const memberSchema = ({ shape }: z.ZodObject, name: string): z.ZodType => shape[name] as z.ZodType;

/**
 * What a schema makes of a value. A rule that throws, or that is asynchronous, is a defect of the definition, whatever the
 * value is: rules only tell true from false.
 */
export function judged(schema: z.ZodType, value: unknown): Judged {
  try {
    return {
      result: schema.safeParse(value, { error: refusalWords }) as z.ZodSafeParseResult<
        Record<string, unknown>
      >,
    };
  } catch (cause) {
    const what = cause instanceof Error ? cause.constructor.name : typeof cause;
    return { fault: `throw (${what}), and rules only tell true from false`, cause };
  }
}
