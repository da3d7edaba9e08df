import type * as z from 'zod';
import { Problem, type ProblemError } from './problem.ts';
import type { JsonObject } from './strict-json.ts';

type Path = readonly PropertyKey[];

/** RFC 6901 */
const pointerTo = (path: Path) =>
  path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

/** Whether the body has a value there, of its own. */
export const has = (value: unknown, [step, ...rest]: Path): boolean =>
  step === undefined ||
  (typeof value === 'object' &&
    value !== null &&
    Object.hasOwn(value, step) &&
    has((value as Record<PropertyKey, unknown>)[step], rest));

/** More than a person reads, and far less than the 6 MB that a function may answer. */
const MAX_ERRORS = 100;

function errors(issue: z.core.$ZodIssue, body: JsonObject): ProblemError[] {
  if (issue.code === 'unrecognized_keys') {
    const unknown = (key: string) => ({
      pointer: pointerTo([...issue.path, key]),
      detail: 'is not a member of the input',
    });
    return issue.keys.map(unknown);
  }
  return [{ pointer: pointerTo(issue.path), detail: detail(issue, body) }];
}

function detail(issue: z.core.$ZodIssue, body: JsonObject): string {
  if (!has(body, issue.path)) return 'is required';
  const [ofName] = issue.code === 'invalid_key' ? issue.issues : [];
  return ofName === undefined ? issue.message : `has a name that ${ofName.message}`;
}

/**
 * The input of an action in its newest form: defaults filled in, coercions made. The body itself stays as it was sent.
 * @throws Problem `invalid-input` that lists the faults, each with a JSON pointer, the first hundred of them
 */
export function validateInput(schema: z.ZodObject, body: JsonObject): Record<string, unknown> {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  throw new Problem('invalid-input', {
    errors: result.error.issues.flatMap((issue) => errors(issue, body)).slice(0, MAX_ERRORS),
  });
}
