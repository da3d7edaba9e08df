import type * as z from 'zod';
import { judged, memberSchema } from '../decisions/judged.ts';
import { DefinitionFault } from '../problems/definition-fault.ts';
import { Problem, type ProblemError } from '../problems/problem.ts';
import type { JsonObject } from '../values/strict-json.ts';

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
 * @param who the action, for the message of a fault of its own
 * @throws Problem `invalid-input` that lists the faults, each with a JSON pointer, the first hundred of them
 * @throws DefinitionFault that names the member whose rule throws, and repeats no value
 */
export function validateInput(schema: z.ZodObject, body: JsonObject, who: string): Record<string, unknown> {
  const { result, fault, cause } = judged(schema, body);
  if (result === undefined) {
    const place = throwing(schema, body);
    throw new DefinitionFault(
      `the input of '${who}' makes a rule of ${place === undefined ? 'its schema' : `'${place}'`} ${fault}; fix the rule`,
      { cause },
    );
  }
  if (result.success) return result.data;
  throw new Problem('invalid-input', {
    errors: result.error.issues.flatMap((issue) => errors(issue, body)).slice(0, MAX_ERRORS),
  });
}

/** The member whose own rule throws; undefined where it is a rule of the input as a whole. */
const throwing = (schema: z.ZodObject, body: JsonObject): string | undefined =>
  Object.keys(schema.shape).find((name) => {
    const value = Object.hasOwn(body, name) ? body[name] : undefined;
    return judged(memberSchema(schema, name), value).result === undefined;
  });
