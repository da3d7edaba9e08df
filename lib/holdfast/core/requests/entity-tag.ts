import type { ApiVersion } from '../versions/api-version.ts';

/** What a version of a resource is known by: its number, and random characters of the write that made it. */
export interface Version {
  readonly version: number;
  /** Random, so that a table restored from a backup cannot meet a tag handed out after the backup. */
  readonly commit: string;
}

/** A strong entity tag (RFC 9110 8.8.3), quotes included: `"3-k9x2m4"`. */
export const entityTag = ({ version, commit }: Version): string => `"${version}-${commit}"`;

/** The tag under an API version, of the tag under the newest: an older one is another representation, `"3-k9x2m4;2026-05-01"`. */
export const tagIn = (tag: string, { date, changes }: ApiVersion): string =>
  changes.length === 0 ? tag : tag.replace(/"$/, `;${date}"`);

/** The tag under the newest API version, of the tag under any. */
export const newestTag = (tag: string): string => tag.replace(/;[\d-]+"$/, '"');

/** An `If-Match` field value (RFC 9110 13.1.1): any version, or one of these tags. */
export type IfMatch = '*' | readonly { readonly weak: boolean; readonly tag: string }[];

// RFC 9110 8.8.3: etagc is VCHAR without the double quote, or obs-text; 5.6.1: empty list elements are ignored. White
// space is matched in one place before and one after a tag, so that reading takes time in the length alone.
const element = /[ \t]*(?:(?<weak>W\/)?(?<tag>"[\x21\x23-\x7e\x80-\xff]*")[ \t]*)?(?:,|$)/y;

/**
 * Parses an `If-Match` field value. The weakness marker stands outside the quotes, so `"W/1"` is a strong tag.
 * Returns undefined when the value follows neither form of the grammar, or lists no tag.
 */
export function parseIfMatch(value: string): IfMatch | undefined {
  if (value.trim() === '*') return '*';
  const tags: { weak: boolean; tag: string }[] = [];
  element.lastIndex = 0;
  while (element.lastIndex < value.length) {
    const groups = element.exec(value)?.groups;
    if (groups === undefined) return undefined;
    if (groups.tag !== undefined) tags.push({ weak: groups.weak !== undefined, tag: groups.tag });
  }
  return tags.length === 0 ? undefined : tags;
}

/** Weak comparison, as `If-None-Match` asks for (RFC 9110 13.1.2). Nothing asked for matches nothing. */
export function weakMatch(ifNoneMatch: string | undefined, current: string): boolean {
  const tags = parseIfMatch(ifNoneMatch ?? '');
  return tags === '*' || (tags?.some(({ tag }) => tag === current) ?? false);
}

/** Strong comparison (RFC 9110 8.8.3.2) with the tags that one version has: a weak tag never matches. */
export function strongMatch(ifMatch: Exclude<IfMatch, '*'>, current: readonly string[]): boolean {
  return ifMatch.some(({ weak, tag }) => !weak && current.includes(tag));
}
