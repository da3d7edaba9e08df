import { createHash } from 'node:crypto';

/** Ends a bundle: V8 calls it so in every stack, in the place of the file, which is called `index.mjs` everywhere. */
const COMMENT = '//# sourceURL=';

/** Forty-eight bits: no two bundles that one function has ever had are called the same. */
const DIGEST_CHARACTERS = 12;

/** A frame of a deployed bundle: `payouts-approve.0123456789ab.mjs:12:345`. In it: the bundle, its function, line and column, from 1. */
export const FRAME: RegExp = /(([a-z0-9-]+)\.[0-9a-f]{12}\.mjs):(\d+):(\d+)/g;

/** Comments of licenses alone still have such: one beyond Latin 1 makes V8 keep, and scan, two bytes for each character. */
const NOT_ASCII = /[^\0-\x7f]/g;

/** The text of a bundle with its name, which its content decides. */
export function named(entry: string, code: string): string {
  const text = code.replace(
    NOT_ASCII,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  const digest = createHash('sha256').update(text).digest('hex').slice(0, DIGEST_CHARACTERS);
  return `${text}${COMMENT}${entry}.${digest}.mjs\n`;
}

/** What a bundle calls itself. */
export const nameIn = (text: string): string => text.slice(text.lastIndexOf(COMMENT) + COMMENT.length).trim();
