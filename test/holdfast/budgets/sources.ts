import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { type ModuleItem, parse } from '@swc/core';

/** A file that people write: what a command writes is left out, or a budget would be a budget of that command. */
export interface Source {
  /** From the root: `lib/holdfast/core/money/money.ts`. */
  readonly path: string;
  readonly text: string;
}

/** Written by `npm run record`. */
const GENERATED = ['lib/recorded/client.ts'];

/** TypeScript files of these folders. @param root of the repository */
export async function sourcesOf(root: string, ...folders: readonly string[]): Promise<readonly Source[]> {
  const found = await Promise.all(folders.map((folder) => filesOf(root, folder)));
  const paths = found.flat().filter((path) => path.endsWith('.ts') && !GENERATED.includes(path));
  return Promise.all(paths.map(async (path) => ({ path, text: await readFile(join(root, path), 'utf8') })));
}

/** Paths from the root of every file below a folder, however deep. */
export async function filesOf(root: string, folder: string): Promise<readonly string[]> {
  const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(root, join(parentPath, name)))
    .sort();
}

/** Lines of a text that ends with a line break, as `wc -l` counts them. */
export const linesOf = ({ text }: Source): number => text.split('\n').length - 1;

/** Lines of some files. */
export const linesIn = (sources: readonly Source[]): number =>
  sources.reduce((lines, source) => lines + linesOf(source), 0);

/** Assertions of a type, `x as T` and `<T>x`; `as const` asserts nothing, and is none. */
export async function castsIn({ text }: Source): Promise<number> {
  const { body } = await parse(text, { syntax: 'typescript', target: 'es2024' });
  let casts = 0;
  const walk = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    if ('type' in node && (node.type === 'TsAsExpression' || node.type === 'TsTypeAssertion')) casts += 1;
    for (const inner of Object.values(node)) walk(inner);
  };
  walk(body);
  return casts;
}

/**
 * Names that a module exports, types too.
 * @param root of the repository
 * @throws Error for `export *` from a package, whose names cannot be counted here
 */
export async function namesOf(root: string, path: string): Promise<readonly string[]> {
  const text = await readFile(join(root, path), 'utf8');
  const { body } = await parse(text, { syntax: 'typescript', target: 'es2024' });
  return (await Promise.all(body.map((item) => exportedBy(item, root, path)))).flat();
}

async function exportedBy(item: ModuleItem, root: string, path: string): Promise<readonly string[]> {
  switch (item.type) {
    case 'ExportAllDeclaration': {
      const from = item.source.value;
      if (from.startsWith('.')) return namesOf(root, join(dirname(path), from));
      throw new Error(`${path} exports everything of '${from}'; name what it exports`);
    }
    case 'ExportNamedDeclaration':
      return item.specifiers.map((specifier) => {
        if (specifier.type === 'ExportDefaultSpecifier') return 'default';
        if (specifier.type === 'ExportNamespaceSpecifier') return specifier.name.value;
        return (specifier.exported ?? specifier.orig).value;
      });
    case 'ExportDefaultDeclaration':
    case 'ExportDefaultExpression':
      return ['default'];
    case 'ExportDeclaration': {
      const { declaration } = item;
      if ('id' in declaration && 'value' in declaration.id) return [declaration.id.value];
      if ('identifier' in declaration) return [declaration.identifier.value];
      if (declaration.type === 'VariableDeclaration')
        return declaration.declarations.map(({ id }) => (id.type === 'Identifier' ? id.value : '…'));
      return ['…'];
    }
    default:
      return [];
  }
}
