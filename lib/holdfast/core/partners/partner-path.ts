import type { PartnerCommand } from './define-partner.ts';

/** Part of a path that leads up, or nowhere; a server may decode it before it looks. */
const LEADS_UP = /(?:^|[/\\])\.{1,2}(?:[/\\]|$)/;

/**
 * The URL of a path below a partner's base URL.
 * @throws Error for a path that leads anywhere else; its message does not hold the path, which may name an account
 */
export function partnerUrl(base: string, path: string): URL {
  const [before = ''] = path.split('?');
  if (!path.startsWith('/') || path.startsWith('//'))
    throw new Error('the path does not begin with one /; give one below the base URL, such as /transfers');
  // Printable ASCII without what a URL parser or a server would read another way.
  if (!/^[\x21-\x7e]+$/.test(path) || /[\\#]/.test(path))
    throw new Error(
      'the path holds a character that no path may hold; encode what it is made of by encodeURIComponent',
    );
  if (LEADS_UP.test(decoded(before)))
    throw new Error('the path has a dot segment, by which it could leave the base URL; name it without');
  return new URL(`${base.replace(/\/+$/, '')}${path}`);
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw new Error('the path is not encoded well; encode what it is made of by encodeURIComponent');
  }
}

/** A segment that is code's, and no data: a word or a version. */
const PLAIN = /^(?:[a-z]+(?:[-_.][a-z]+)*|v\d{1,3})$/i;

/**
 * A path as it may stand in a log: what comes from the command, or could, is replaced by its name.
 * @param path of the URL; its query is left out
 */
export function pathTemplate(path: string, { reference, undoes, input }: PartnerCommand): string {
  const told = valuesIn(input);
  return path
    .split('/')
    .map((segment) => {
      if (segment === reference) return '{reference}';
      if (segment === undoes) return '{undoes}';
      const plain = segment === '' || PLAIN.test(segment);
      return plain && !told.some((value) => isPartOf(segment, value)) ? segment : '{…}';
    })
    .join('/');
}

const isPartOf = (segment: string, value: string) =>
  segment !== '' && value.toLowerCase().includes(segment.toLowerCase()) && segment.length * 2 > value.length;

const valuesIn = (value: unknown): readonly string[] =>
  typeof value === 'object' && value !== null
    ? Object.values(value).flatMap(valuesIn)
    : value === undefined || value === null
      ? []
      : [String(value)];
