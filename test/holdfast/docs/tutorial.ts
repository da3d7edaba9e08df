/** What a page has its reader do, and what it shows of what comes of it. */
export type Instruction =
  | { readonly kind: 'file'; readonly path: string; readonly text: string; readonly shown: string }
  | { readonly kind: 'run'; readonly commands: string; readonly shown: string };

/** A file that is named before it, commands of a shell, or what is printed when one is saved or the others are run. */
const BLOCK = /(?:<!-- file: (\S+) -->\n\n)?```(ts|sh|text)\n(.*?)\n```/gs;

/** The command that is left running in a terminal of its own. */
export const START = 'npm start';

/** What a page has its reader do, in its order. Blocks of no language are shown, and not done. */
export function instructionsOf(page: string): readonly Instruction[] {
  const all: Instruction[] = [];
  for (const [, path, language, text = ''] of page.matchAll(BLOCK)) {
    const last = all.at(-1);
    if (path !== undefined) all.push({ kind: 'file', path, text: `${text}\n`, shown: '' });
    else if (language === 'sh') all.push({ kind: 'run', commands: text, shown: '' });
    else if (language === 'text' && last !== undefined) all[all.length - 1] = { ...last, shown: text };
  }
  return all;
}

/** Random characters of ETags, which are others each time. */
const known = (text: string) => text.replaceAll(/"(\d+)-[\w-]{4}"/g, '"$1-"');

/**
 * What of the output is shown, and was not printed: each line between its ellipses has to be there.
 * @returns the first that is missing; undefined when all of it is there
 */
export function missingOf(shown: string, printed: string): string | undefined {
  const text = known(printed);
  const pieces = known(shown).split(/\n|…/);
  return pieces.map((piece) => piece.trim()).find((piece) => piece !== '' && !text.includes(piece));
}
