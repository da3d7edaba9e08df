import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, normalize } from 'node:path';
import { ROOT } from '../../../lib/holdfast/service/project.ts';

/** One page of the documentation. */
export interface Page {
  /** From the root. */
  readonly path: string;
  readonly text: string;
}

/** README.md, and every page of `docs/`. */
export async function pages(): Promise<readonly Page[]> {
  const found = await readdir(join(ROOT, 'docs'), { recursive: true });
  const paths = ['README.md', ...found.filter((file) => file.endsWith('.md')).map((file) => `docs/${file}`)];
  return Promise.all(paths.map(async (path) => ({ path, text: await readFile(join(ROOT, path), 'utf8') })));
}

/** A page without its blocks of code, in which brackets are no links. */
export const prose = (text: string): string => text.replaceAll(/^```.*?^```/gms, '');

/** A link to a file of the repository. */
export interface Link {
  readonly page: string;
  /** From the root. */
  readonly path: string;
  /** @default the whole file */
  readonly anchor?: string;
}

/** Every relative link and picture of a page. */
export const linksOf = ({ path: page, text }: Page): readonly Link[] =>
  [...prose(text).matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, target = '']) => {
    if (/^https?:/.test(target)) return [];
    const [file = '', anchor] = target.split('#');
    const path = file === '' ? page : normalize(join(dirname(page), file));
    return [{ page, path, ...(anchor !== undefined && { anchor }) }];
  });

/** Anchors of a page's headings, as GitHub makes them. */
export const anchorsOf = (text: string): ReadonlySet<string> =>
  new Set(
    [...prose(text).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\w\s-]/g, '')
        .replaceAll(/\s/g, '-'),
    ),
  );

/** Paths of the repository that stand in a page's text as code. One with a placeholder in it names none. */
export const pathsOf = ({ text }: Page): readonly string[] =>
  [...prose(text).matchAll(/`((?:\.ci|bin|docs|functions|lib|test)\/[\w./-]+)`/g)].map(
    ([, path = '']) => path,
  );

/** Each `npm …` of a page: the script, and its arguments as words. */
export function commandsOf({ text }: Page): readonly (readonly [script: string, args: readonly string[]])[] {
  const joined = text.replaceAll('\\\n', ' ').replaceAll(' -->', '');
  const command = /npm (?:run (?:--silent )?([a-z][\w:]*)|(start|test)\b)(?: -- ([^`\n|)#]*))?/g;
  const inText = [...joined.matchAll(command)].map(
    ([, script, own, args = '']) => [script ?? own ?? '', args] as const,
  );
  // In a table, options of a row's command stand by themselves.
  const inTable = joined.split('\n').flatMap((line) => {
    const [, name] = /^\| `npm (?:run (?:--silent )?)?([a-z]\w*)/.exec(line) ?? [];
    return name === undefined
      ? []
      : [...line.matchAll(/`-- ([^`]+)`/g)].map(([, args = '']) => [name, args] as const);
  });
  const words = (args: string) =>
    [...args.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, word]) => quoted ?? word ?? '');
  return [...inText, ...inTable].map(([name, args]) => [name, words(args)] as const);
}
