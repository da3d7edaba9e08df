import * as z from 'zod';
import type { Action } from '../definitions/define-action.ts';
import { Problem, type ProblemError } from '../problems/problem.ts';
import type { JsonObject } from '../values/strict-json.ts';
import type { ApiVersion } from '../versions/api-version.ts';
import type { MemberChange } from '../versions/define-version.ts';
import { inputChanges, newer, olderShape } from '../versions/version-shapes.ts';
import { has, validateInput } from './validate-input.ts';

/**
 * The input of an action in its newest form, of a body in an API version. The body is valid in the shape of its own
 * version first, unknown members refused, then in that of each newer one.
 * @throws Problem `invalid-input`, whose pointers lead into the body as it was sent
 * @throws DefinitionFault for a rule that throws
 */
export function readInput(action: Action, version: ApiVersion, body: JsonObject): Record<string, unknown> {
  const changes = inputChanges(version, action.resource.name, action.name);
  const sent = { who: action.name, body };
  let raised = body;
  for (const i of changes.keys()) {
    // The oldest first: it is the last in the list.
    const left = changes.slice(0, changes.length - i);
    const change = left.at(-1);
    if (change === undefined) break;
    const shape = z.strictObject(left.reduce(olderShape, action.input.shape));
    const valid = validateRaised(shape, raised, { ...sent, passed: changes.slice(left.length) });
    // What is the same in both goes on as it was sent, so that a coercion is made once.
    const changed = Object.keys(change.older.shape).map((name) => [name, valid[name]]);
    raised = newer({ ...raised, ...Object.fromEntries(changed) }, change) as JsonObject;
  }
  return validateRaised(action.input, raised, { ...sent, passed: changes });
}

/** What a body was, and which changes have made of it what is validated, the oldest of them the last in the list. */
interface Sent {
  readonly who: string;
  readonly body: JsonObject;
  readonly passed: readonly MemberChange[];
}

/** Validates what changes have made of a body. */
function validateRaised(
  schema: z.ZodObject,
  raised: JsonObject,
  { who, body, passed }: Sent,
): Record<string, unknown> {
  try {
    return validateInput(schema, raised, who);
  } catch (error) {
    if (passed.length === 0 || !(error instanceof Problem)) throw error;
    const errors = error.occurrence.errors?.map((each) => asSent(each, passed, body));
    throw new Problem('invalid-input', { ...error.occurrence, ...(errors && { errors }) });
  }
}

function asSent(error: ProblemError, passed: readonly MemberChange[], body: JsonObject): ProblemError {
  if (!('pointer' in error)) return error;
  const older = passed.reduce((pointer, { pointers }) => pointers[pointer] ?? pointer, error.pointer);
  return { ...error, pointer: longestIn(body, older) };
}

/** The longest part of a JSON pointer that leads to something. */
function longestIn(body: JsonObject, pointer: string): string {
  const steps = pointer.split('/').slice(1);
  const path = steps.map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  const length = steps.findIndex((_, i) => !has(body, path.slice(0, i + 1)));
  return length < 0 ? pointer : ['', ...steps.slice(0, length)].join('/');
}
