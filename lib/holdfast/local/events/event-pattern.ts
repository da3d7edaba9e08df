/** A pattern of an event source mapping's filter: names to patterns, or a list of what a value may be. */
type Pattern = { readonly [name: string]: Pattern | readonly Matcher[] };

type Matcher = string | number | boolean | null | { readonly prefix: string } | { readonly exists: boolean };

/**
 * Whether an event matches one of the patterns of a filter; every event matches no filter at all.
 * @throws Error for a matcher that the local cloud does not know
 */
export function matchesFilter(event: unknown, patterns: readonly string[]): boolean {
  return patterns.length === 0 || patterns.some((pattern) => matches(event, JSON.parse(pattern)));
}

function matches(event: unknown, pattern: Pattern): boolean {
  return Object.entries(pattern).every(([name, expected]) => {
    const value = Object.entries(event ?? {}).find(([each]) => each === name)?.[1];
    return isList(expected)
      ? expected.some((matcher) => matchesOne(value, matcher))
      : matches(value, expected);
  });
}

const isList = (expected: Pattern[string]): expected is readonly Matcher[] => Array.isArray(expected);

function matchesOne(value: unknown, matcher: Matcher): boolean {
  if (typeof matcher !== 'object' || matcher === null) return value === matcher;
  if ('prefix' in matcher) return typeof value === 'string' && value.startsWith(matcher.prefix);
  if ('exists' in matcher) return (value !== undefined) === matcher.exists;
  throw new Error(
    `the local cloud does not know the matcher ${JSON.stringify(matcher)}; use a value, prefix or exists`,
  );
}
