import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { castsIn, filesOf, linesIn, linesOf, namesOf, sourcesOf } from './sources.ts';

/** How much of something is too much. */
export interface Budget {
  /** What is counted, and of what: read before the number. */
  readonly what: string;
  readonly limit: number;
  /** What to do about more than that. */
  readonly remedy: string;
  /** The page that raised the limit: why, what else was considered, what would lower it. @default never raised */
  readonly raisedBy?: `docs/decisions/${string}.md`;
  /** Each place that has the budget to itself, and what it has of it. @param root of the repository */
  count(root: string): Promise<Readonly<Record<string, number>>>;
}

const linesBelow =
  (...folders: readonly string[]): Budget['count'] =>
  async (root) => ({ [folders.join(' and ')]: linesIn(await sourcesOf(root, ...folders)) });

/** Everything that is budgeted. That rooms have no cycle is no number: `.dependency-cruiser.cjs` forbids it. */
export const BUDGETS: readonly Budget[] = [
  {
    what: 'lines',
    limit: 5000,
    remedy: 'delete something that every cold start pays for',
    count: linesBelow('lib/holdfast/runtime'),
  },
  {
    what: 'lines',
    limit: 4500,
    remedy: 'imitate less of AWS, or use what others keep',
    count: linesBelow('lib/holdfast/local'),
  },
  {
    // They were in local, whose budget would not shrink by hiding lines next door.
    what: 'lines',
    limit: 1700,
    remedy: 'read less of a template, or use what others keep',
    count: linesBelow('lib/holdfast/template', 'lib/holdfast/sam'),
  },
  {
    what: 'public names',
    limit: 53,
    remedy: 'take one back before you add one; a name that is published stays for good',
    raisedBy: 'docs/decisions/public-names.md',
    count: async (root) => ({ 'exports of package.json': await publicNames(root) }),
  },
  {
    what: 'problem codes',
    limit: 35,
    remedy: 'use a code that tells the client to do the same; clients branch on each',
    count: async (root) => {
      const file = 'lib/holdfast/core/problems/problems.ts';
      const { problems } = await import(join(root, file));
      return { [file]: Object.keys(problems).length };
    },
  },
  {
    what: 'lines',
    limit: 300,
    remedy: 'split the file, each part one idea and named for it',
    count: async (root) => {
      const sources = await sourcesOf(root, 'bin', 'lib', 'functions', 'test');
      return Object.fromEntries(sources.map((source) => [source.path, linesOf(source)]));
    },
  },
  {
    what: 'files',
    limit: 12,
    remedy: 'make a room of those that belong together',
    count: async (root) => {
      const byFolder = Map.groupBy(await filesOf(root, 'lib/holdfast'), (path) => dirname(path));
      return Object.fromEntries([...byFolder].map(([folder, files]) => [folder, files.length]));
    },
  },
  {
    what: 'casts in 1,000 lines',
    limit: 4,
    remedy: 'give the value its type where it comes from, or check it with a type guard',
    count: async (root) => {
      const sources = await sourcesOf(root, 'bin', 'lib', 'functions');
      const casts = await Promise.all(sources.map(castsIn));
      const all = casts.reduce((sum, each) => sum + each, 0);
      return { 'bin, lib and functions': (1000 * all) / linesIn(sources) };
    },
  },
];

/** What is over its budget, each with the remedy. @param root of the repository */
export async function overBudget(root: string, budgets = BUDGETS): Promise<readonly string[]> {
  const told = await Promise.all(
    budgets.map(async ({ what, limit, remedy, raisedBy = 'a page in docs/decisions', count }) =>
      Object.entries(await count(root))
        .filter(([, counted]) => counted > limit)
        .map(
          ([place, counted]) =>
            `${place}: ${number(counted)} ${what}; at most ${number(limit)} are allowed: ${remedy} (test/holdfast/budgets/budgets.ts; only ${raisedBy} raises it)`,
        ),
    ),
  );
  return told.flat();
}

const number = (value: number) => value.toLocaleString('en', { maximumFractionDigits: 1 });

/** Names that any entry of the package exports, each counted once for each entry. */
async function publicNames(root: string): Promise<number> {
  const { exports } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const entries = await Promise.all(
    Object.values(exports)
      .flatMap(sourceOf)
      .map((path) => namesOf(root, path)),
  );
  return entries.flat().length;
}

/** Where an entry's source is, whatever the condition is called. */
function sourceOf(target: unknown): readonly string[] {
  const paths = typeof target === 'object' && target !== null ? Object.values(target) : [target];
  return paths
    .flatMap((path) => (typeof path === 'string' && /(?<!\.d)\.ts$/.test(path) ? [path] : []))
    .slice(0, 1);
}
