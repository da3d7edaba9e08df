import type * as z from 'zod';

// Every function that takes an input loads this file, and the bytes of its bundle have a bound.

/** What a schema expects, and what a value is; what is not here is said by its own name. */
const TYPES: Readonly<Record<string, string>> = {
  string: 'a string',
  number: 'a number',
  boolean: 'a boolean',
  object: 'an object',
  record: 'an object',
  array: 'an array',
  tuple: 'an array',
};

const typed = (name: string) => TYPES[name] ?? name;

const typeOf = (value: unknown): string => {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
};

/** Formats of strings: what one is, and a value that its usual variants take. */
const FORMATS: Readonly<Record<string, string>> = {
  date: 'a date; write it like 2026-11-25',
  datetime: 'a date and time; write it like 2026-11-25T08:00:00Z',
  time: 'a time of day; write it like 08:00:00',
  duration: 'a duration; write it like P3D',
  email: 'an email address; write it like name@example.com',
  url: 'a URL; write it like https://example.com/',
  // An example would have one version, and a schema may ask for another.
  uuid: 'a UUID of the version that is allowed',
};

/** What Zod tells of a format: of `regex` its pattern, of `starts_with` what it starts with. */
interface Format {
  readonly format: string;
  readonly pattern?: string | undefined;
  readonly prefix?: string;
  readonly suffix?: string;
  readonly includes?: string;
}

function wrongFormat({ format, pattern, prefix, suffix, includes }: Format): string {
  if (prefix !== undefined) return `does not begin with ${prefix}`;
  if (suffix !== undefined) return `does not end with ${suffix}`;
  if (includes !== undefined) return `does not hold ${includes}`;
  return /^regex$|_/.test(format)
    ? `does not match the pattern ${pattern}`
    : `is not ${FORMATS[format] ?? `of the format ${format}`}`;
}

/** A range that a number, the length of a string, or the count of entries is beyond. */
interface Range {
  readonly origin: string;
  readonly inclusive?: boolean | undefined;
  readonly exact?: boolean | undefined;
}

/** What its lower and its upper end say of a value beyond it. */
const LOWER = ['short', 'few', 'below', 'above', 'at least', 'more'] as const;
const UPPER = ['long', 'many', 'above', 'below', 'at most', 'less'] as const;

function beyond(end: typeof LOWER | typeof UPPER, bound: number | bigint, range: Range): string {
  const { origin, inclusive = true, exact } = range;
  const [short, few, beyondIt, within, most, more] = end;
  const allowed = `${exact ? 'exactly' : most} ${bound}`;
  if (origin === 'string') return `is too ${short}; write ${allowed} characters`;
  if (origin === 'array') return `has too ${few} entries; give ${allowed}`;
  return inclusive
    ? `is ${beyondIt} ${bound}; write ${allowed}`
    : `is not ${within} ${bound}; write ${more} than ${bound}`;
}

const noneOf = (values: readonly unknown[]) =>
  `is ${values.length === 1 ? 'not' : 'none of'} ${values.map((value) => JSON.stringify(value)).join(', ')}`;

/** A value that fits none of several forms: what each says of it, and the names that forms have. */
interface Forms {
  readonly errors: readonly (readonly z.core.$ZodIssue[])[];
  /** @default forms have no names */
  readonly options?: readonly unknown[] | undefined;
}

/** Of several forms: what each of them says of the value itself; what they say of its members is about other forms too. */
function wrongForm({ errors, options }: Forms): string {
  if (options !== undefined) return noneOf(options);
  const said = errors.flat().flatMap(({ path, message }) => (path.length === 0 ? message : []));
  return [...new Set(said)].join(', or ') || 'does not fit exactly one of its forms';
}

/**
 * What a client is told of a value that a schema refuses, in place of Zod's own words: what is wrong and what is allowed,
 * never the value. A schema with a message of its own keeps it.
 */
export const refusalWords: z.core.$ZodErrorMap = (issue) => {
  switch (issue.code) {
    case 'invalid_type':
      return issue.expected === 'int'
        ? 'is not a whole number'
        : `is ${typed(typeOf(issue.input))}, not ${typed(issue.expected)}`;
    case 'invalid_value':
      return noneOf(issue.values);
    case 'invalid_format':
      return wrongFormat(issue);
    case 'too_small':
      return beyond(LOWER, issue.minimum, issue);
    case 'too_big':
      return beyond(UPPER, issue.maximum, issue);
    case 'not_multiple_of':
      return `is not a multiple of ${issue.divisor}`;
    case 'invalid_union':
      return wrongForm(issue);
    default:
      return 'is not allowed here';
  }
};
