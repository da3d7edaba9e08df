// RFC 9110 5.6.2 and 5.6.6. No two neighbours match the same character, so that reading takes time in the length alone.
const TOKEN = "[!#$%&'*+.^_`|~\\w-]+";
const TYPE = new RegExp(`[ \\t]*(${TOKEN})/(${TOKEN})`, 'y');
const PARAMETER = new RegExp(
  `[ \\t]*;[ \\t]*(?:(${TOKEN})[ \\t]*=[ \\t]*(${TOKEN}|"(?:[^"\\\\]|\\\\.)*"))?`,
  'y',
);
const REST = /[ \t]*$/y;

/** The type, and the parameters by their names in lower case; undefined for what is no media type. */
function parseMediaType(
  value: string,
): { type: string; parameters: [name: string, value: string][] } | undefined {
  TYPE.lastIndex = 0;
  const [, type, subtype] = TYPE.exec(value) ?? [];
  if (type === undefined || subtype === undefined) return undefined;
  const parameters: [string, string][] = [];
  PARAMETER.lastIndex = TYPE.lastIndex;
  for (let end = TYPE.lastIndex; ; end = PARAMETER.lastIndex) {
    const match = PARAMETER.exec(value);
    if (match === null) {
      REST.lastIndex = end;
      return REST.test(value) ? { type: `${type}/${subtype}`.toLowerCase(), parameters } : undefined;
    }
    const [, name, given] = match;
    if (name !== undefined && given !== undefined) parameters.push([name.toLowerCase(), unquoted(given)]);
  }
}

const unquoted = (value: string) =>
  value.startsWith('"') ? value.slice(1, -1).replace(/\\(.)/g, '$1') : value;

/**
 * Whether a `Content-Type` field value names JSON in UTF-8: `application/json` or any `+json` (RFC 6839), in any case,
 * with no charset or one that is UTF-8.
 */
export function isJsonMediaType(value: string): boolean {
  const { type, parameters } = parseMediaType(value) ?? { type: '', parameters: [] };
  const charsets = parameters.filter(([name]) => name === 'charset').map(([, charset]) => charset);
  const utf8 = charsets.length === 0 || (charsets.length === 1 && /^utf-?8$/i.test(charsets[0] ?? ''));
  return /^application\/(?:.+\+)?json$/.test(type) && utf8;
}
