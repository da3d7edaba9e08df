import type * as z from 'zod';
import { DefinitionFault } from '../problems/definition-fault.ts';
import { unstorable } from '../values/storable.ts';
import { type Judged, judged, memberSchema } from './judged.ts';

type Values = Readonly<Record<string, unknown>>;

/** Members of one kind, as a decision leaves them. */
export interface DecidedMembers {
  readonly schema: z.ZodObject;
  /** A value sets a member, `null` removes it. */
  readonly changes: Values;
  /** As they stood before; undefined for a create. */
  readonly before: Values | undefined;
}

/** Where a value is at fault, below the member that holds it, how, and what was thrown over it. */
type Fault = readonly [path: readonly PropertyKey[], fault: string, cause?: unknown];

/**
 * What a decision changed is what its schemas accept, and is kept just as it was decided: a schema that would fill in,
 * convert or drop something refuses it. Members that it leaves alone are not looked at, so that data of an older release
 * never stands in the way; of a new resource all are.
 * @param who the decision, for the message
 * @throws DefinitionFault that names the member and the path, and repeats no value
 */
export function checkDecided(who: string, { schema, changes, before }: DecidedMembers): void {
  const fail = ([path, fault, cause]: Fault) => {
    throw new DefinitionFault(
      `${who} gave '${path.join('.')}' a value that ${fault}; fix decide, or the schema of the member`,
      { cause },
    );
  };
  for (const name of Object.keys(before === undefined ? schema.shape : changes)) {
    const found = valueFault(memberSchema(schema, name), changes[name] ?? undefined);
    if (found !== undefined) {
      const [path, fault, cause] = found;
      fail([[name, ...path], fault, cause]);
    }
  }
  const fault = objectFault(schema, changes, before);
  if (fault !== undefined) fail(fault);
}

function valueFault(schema: z.ZodType, value: unknown): Fault | undefined {
  const stored = unstorable(value);
  if (stored !== undefined) return stored;
  const made = judged(schema, value);
  if (made.result === undefined) return thrown(made);
  const { result } = made;
  if (!result.success) return refusal(result.error, value);
  const difference = differs(value, result.data);
  return (
    difference && [difference, 'its schema would change; members take no default, coercion or transformation']
  );
}

const thrown = ({ fault, cause }: Exclude<Judged, { result: object }>): Fault => [
  [],
  `makes a rule of its schema ${fault}`,
  cause,
];

function refusal({ issues: [issue] }: z.ZodError, value: unknown): Fault {
  if (value === undefined) return [[], 'is missing, and its member is required'];
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
  return [[...(issue?.path ?? []), ...unknown], `its schema refuses (${issue?.message})`];
}

/** Where what a schema made of a value differs from it. A member that is undefined is none, here as in the store. */
function differs(
  a: unknown,
  b: unknown,
  path: readonly PropertyKey[] = [],
): readonly PropertyKey[] | undefined {
  if (a === b) return undefined;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return path;
  if (Array.isArray(a) !== Array.isArray(b)) return path;
  for (const name of new Set([...Object.keys(a), ...Object.keys(b)])) {
    const [one, other] = [a, b].map((each) => (each as Values)[name]);
    const found = differs(one, other, [...path, name]);
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * The rules of the object as a whole hold for what the decision made of it. They are judged where every member has the
 * shape that they are written for, and a rule that was broken before is not held against a decision about other members.
 */
function objectFault(schema: z.ZodObject, changes: Values, before: Values | undefined): Fault | undefined {
  if ((schema._zod.def.checks ?? []).length === 0) return undefined;
  const after = own(schema, { ...before, ...changes });
  const left = Object.keys(schema.shape).filter((name) => !Object.hasOwn(changes, name));
  const isJudged = left.every((name) => memberSchema(schema, name).safeParse(after[name]).success);
  if (!isJudged) return undefined;
  const made = judged(schema, after);
  if (made.result === undefined) return thrown(made);
  const issues = made.result.error?.issues ?? [];
  const known = before === undefined || issues.length === 0 ? [] : brokenBefore(schema, own(schema, before));
  const issue = issues.find(
    ({ path, message }) =>
      Object.hasOwn(changes, path[0] ?? '') || !known.includes(JSON.stringify([path, message])),
  );
  return issue && [issue.path, `breaks a rule of its resource (${issue.message})`];
}

/** Rules that a resource broke before; a rule may throw over what an older release has written. */
function brokenBefore(schema: z.ZodObject, before: Values): readonly string[] {
  try {
    return (schema.safeParse(before).error?.issues ?? []).map(({ path, message }) =>
      JSON.stringify([path, message]),
    );
  } catch {
    return [];
  }
}

/** The members that a schema declares, without those that are removed. */
const own = ({ shape }: z.ZodObject, values: Values): Values =>
  Object.fromEntries(
    Object.entries(values).filter(([name, value]) => Object.hasOwn(shape, name) && value !== null),
  );
