import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../../../lib/holdfast/service/project.ts';
import { markdownTable } from '../bench/markdown-table.ts';

/** A member of a type, as its own comment tells it. */
export interface Member {
  readonly name: string;
  readonly meaning: string;
  /** What holds without it. @default it cannot be left out */
  readonly without?: string;
}

/**
 * Members of an interface, or of an object that is a constant, in their order.
 * @param text of its file
 * @throws Error that names the member which has no comment, or the declaration that is not there
 */
export function membersOf(text: string, name: string): readonly Member[] {
  const [, body] =
    new RegExp(`^(?:export )?(?:interface|const) ${name}\\b[^{]*\\{\\n(.*?)^\\}`, 'ms').exec(text) ?? [];
  if (body === undefined) throw new Error(`no interface or constant '${name}' there; name another`);
  const member = /^(?: {2}\/\*\*((?:(?!\*\/).)*)\*\/\n)? {2}(?:readonly )?(\w+)\??[(:]/gms;
  return [...body.matchAll(member)].map(([, comment, own = '']) => {
    if (comment === undefined) throw new Error(`'${own}' of ${name} has no comment; say what it means`);
    const words = comment.replaceAll(/^ *\*/gm, ' ').replaceAll(/\s+/g, ' ').replaceAll('|', '\\|').trim();
    const [meaning = '', without] = words.split(' @default ');
    return { name: own, meaning, ...(without !== undefined && { without }) };
  });
}

/** Declarations whose members a table shows: each with what they are members of, and the file that declares it. */
export type Shown = readonly (readonly [of: string, name: string, file: string])[];

/** A row for each member, in the words of its own comment, so that a page cannot say something else than the code. */
export async function memberTable(shown: Shown): Promise<string> {
  const rows = await Promise.all(
    shown.map(async ([of, name, file]) =>
      membersOf(await readFile(join(ROOT, 'lib/holdfast', file), 'utf8'), name).map(
        (each) => [of, `\`${each.name}\``, each.meaning, each.without ?? 'must be there'] as const,
      ),
    ),
  );
  return markdownTable([['of', 'member', 'meaning', 'if left out'], ...rows.flat()]);
}
