import { isDeepStrictEqual } from 'node:util';
import type { Action } from '../core/definitions/define-action.ts';

type Input = Readonly<Record<string, unknown>>;

/** Whether a value has members by name. */
export const isObject = (value: unknown): value is Input =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Values close to one, of which an action may accept some. */
function neighbours(value: unknown): readonly unknown[] {
  if (typeof value === 'string')
    return [
      `${value}x`,
      value.slice(0, -1),
      value.replace(/\d(?!.*\d)/s, (digit) => String((Number(digit) + 1) % 10)),
    ];
  if (typeof value === 'number') return [value + 1, value - 1];
  if (typeof value === 'boolean') return [!value];
  if (Array.isArray(value))
    return [
      value.slice(0, -1),
      ...value.flatMap((each, i) => neighbours(each).map((other) => value.with(i, other))),
    ];
  return isObject(value) ? inputsBeside(value) : [];
}

/** Inputs that differ from one in a single value, or lack one member. */
function inputsBeside(input: Input): readonly Input[] {
  return Object.entries(input).flatMap(([name, value]) => {
    const { [name]: _, ...without } = input;
    return [...neighbours(value).map((other) => ({ ...input, [name]: other })), without];
  });
}

/** Another input that the action accepts, and understands otherwise; undefined where it takes no other. */
export function otherInput({ input: schema }: Action, input: Input): Input | undefined {
  const meant = schema.parse(input);
  return inputsBeside(input).find((other) => {
    const { success, data } = schema.safeParse(other);
    return success && !isDeepStrictEqual(data, meant);
  });
}

/** A name that no input has. */
const UNKNOWN = 'no-such-member';

/** The input with a member that nobody knows, once for each object in it, and where that member is. */
export function withUnknown(input: Input, at = ''): readonly { readonly body: Input; readonly at: string }[] {
  const inner = Object.entries(input).flatMap(([name, value]) =>
    isObject(value)
      ? withUnknown(value, `${at}/${name}`).map(({ body, at: deeper }) => ({
          body: { ...input, [name]: body },
          at: deeper,
        }))
      : [],
  );
  return [{ body: { ...input, [UNKNOWN]: 1 }, at: `${at}/${UNKNOWN}` }, ...inner];
}

/** Names of the members that an input must have. */
export const requiredOf = ({ input: { shape } }: Action): readonly string[] =>
  Object.entries(shape).flatMap(([name, member]) =>
    'safeParse' in member && !member.safeParse(undefined).success ? [name] : [],
  );

/** The same input, with its members in another order. */
export const reordered = (input: Input): Input => Object.fromEntries(Object.entries(input).reverse());
