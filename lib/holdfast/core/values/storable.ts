/** DynamoDB takes 32 levels: a member is at the second, below the map of all members, and holds its values. */
const MAX_DEPTH = 30;

/** The range of a number of DynamoDB, of which a double keeps every digit up to 2^53. */
const MIN_MAGNITUDE = 1e-130;

type Fault = readonly [path: readonly PropertyKey[], fault: string];

/**
 * What of a value the store or a JSON answer could not hold just as it is, and where; undefined for plain JSON. Members
 * that are undefined are left out of both.
 */
export function unstorable(value: unknown, path: readonly PropertyKey[] = []): Fault | undefined {
  if (typeof value !== 'object' || value === null) {
    const fault = scalarFault(value);
    return fault === undefined ? undefined : [path, fault];
  }
  if (path.length >= MAX_DEPTH)
    return [path.slice(0, 3), `nests deeper than ${MAX_DEPTH} levels, or holds itself`];
  if (Array.isArray(value)) return listFault(value, path);
  if (!isPlain(value)) return [path, `is a ${kindOf(value)}; write it as JSON has it`];
  return membersFault(value, path);
}

/** Whether an object is none of a class: its members are all that it is. One of another realm is plain as well. */
export function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || (!Array.isArray(value) && Object.getPrototypeOf(prototype) === null);
}

/** What an object that is not plain is called: the name of its class. */
export const kindOf = (value: object): string => {
  const { constructor: made } = value;
  return typeof made === 'function' && made.name !== '' ? made.name : 'class instance';
};

/** Whether a member may be called so: an empty name is no attribute, and assigning to `__proto__` sets no member. */
export const isMemberName = (name: string): boolean =>
  name !== '__proto__' && name !== '' && name.isWellFormed();

function listFault(list: readonly unknown[], path: readonly PropertyKey[]): Fault | undefined {
  // By index, so that a hole is met as well.
  for (let i = 0; i < list.length; i++) {
    const at = [...path, i];
    if (list[i] === undefined) return [at, 'is undefined within a list; leave it out, or write null'];
    const fault = unstorable(list[i], at);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function membersFault(members: object, path: readonly PropertyKey[]): Fault | undefined {
  for (const [name, inner] of Object.entries(members)) {
    if (!isMemberName(name))
      return [path, "has a member whose name is empty, '__proto__' or no text; rename it"];
    const fault = unstorable(inner, [...path, name]);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function scalarFault(value: unknown): string | undefined {
  if (typeof value === 'string')
    return value.isWellFormed() ? undefined : 'holds a lone surrogate; leave it out';
  if (typeof value === 'number')
    return isStorable(value) ? undefined : 'is a number that cannot be stored; write it as a string';
  if (typeof value === 'bigint') return 'is a bigint; write it as a string';
  if (typeof value === 'function' || typeof value === 'symbol') return `is a ${typeof value}; write a value`;
  return undefined;
}

const isStorable = (value: number): boolean =>
  value === 0 || (Math.abs(value) <= Number.MAX_SAFE_INTEGER && Math.abs(value) >= MIN_MAGNITUDE);
