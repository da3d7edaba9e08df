import * as z from 'zod';
import { judged } from '../../core/decisions/judged.ts';
import type { Progress } from '../../core/operations/operation-progress.ts';
import { type Result, usableResult } from '../../core/partners/outcome.ts';

/** What a step may have for a result: texts by name, as partners' answers are kept. */
type TextShape = Readonly<Record<string, z.ZodType<string | undefined>>>;

/** The schema of a step's result. One that is optional may be missing: whoever is given it sees that. */
export type ResultSchema = z.ZodObject<TextShape> | z.ZodOptional<z.ZodObject<TextShape>>;

/** Schemas of the steps that have a result, by the step's name. */
export type Schemas = Readonly<Record<string, ResultSchema>>;

/** Of all results of an operation as JSON, in bytes of UTF-8: each write of an operation pays for its whole size. */
const MAX_RESULTS_BYTES = 16 * 1024;

/** A step's result is needed, and is not known. */
export class Lacking extends Error {
  readonly step: string;

  constructor(step: string) {
    super(`the result of '${step}' is not known`);
    this.step = step;
  }
}

/** Whether a result may be missing. */
export const isOptional = (schema: ResultSchema): boolean => schema instanceof z.ZodOptional;

/** What a result is where it is there. */
export const objectOf = (schema: ResultSchema): z.ZodObject<TextShape> =>
  schema instanceof z.ZodOptional ? schema.unwrap() : schema;

/**
 * What is kept of what a partner told: what the schema makes of it. A member that the schema does not take is left out, or
 * refuses it all, as the schema says.
 * @param others results that are kept already, which leave it so much room
 * @returns null for what the schema refuses, or for what has no room: it is a success all the same
 */
export function keptAs(
  schema: ResultSchema,
  told: Result | undefined,
  others: Progress['results'] = {},
): Result | null {
  const made = judged(schema, told ?? {}).result;
  if (!made?.success) return null;
  const usable = Object.values(made.data).some((member) => member !== undefined);
  const result = usable ? usableResult(made.data) : {};
  if (result === undefined) return null;
  const all = JSON.stringify({ ...others, '': result });
  return Buffer.byteLength(all) <= MAX_RESULTS_BYTES ? result : null;
}

/** An operation of which a result is kept, for its later steps and, among what the partners told, for clients. */
export const withResult = (progress: Progress, step: string, result: Result | null): Progress => ({
  ...progress,
  results: { ...progress.results, [step]: result },
  ...(result && { result: { ...progress.result, ...result } }),
});

/** What an operation has kept of its results. */
type Kept = Pick<Progress, 'results'>;

/** Results by step, each as it is looked at: one that has to be there and is not throws {@link Lacking}. */
export const givenOf = (schemas: Schemas, { results = {} }: Kept): Readonly<Record<string, Result>> =>
  Object.defineProperties(
    {},
    Object.fromEntries(
      Object.entries(schemas).map(([step, schema]) => [
        step,
        {
          enumerable: true,
          get() {
            const result = results[step] ?? undefined;
            if (result === undefined && !isOptional(schema)) throw new Lacking(step);
            return result && Object.freeze({ ...result });
          },
        },
      ]),
    ),
  );

/** Results that are known, by step: nothing throws. */
export const knownOf = ({ results = {} }: Kept): Readonly<Record<string, Result>> =>
  Object.fromEntries(
    Object.entries(results).flatMap(([step, result]) => (result === null ? [] : [[step, result]])),
  );
