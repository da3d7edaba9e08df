import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../service/project.ts';
import { loadRegistry } from '../service/registry.ts';
import { problemTable, withProblemTable } from './record/problem-table.ts';

/** `npm run readme`: writes what README.md shows of the definitions. */
export async function writeReadme(): Promise<void> {
  const path = join(ROOT, 'README.md');
  const table = problemTable(await loadRegistry());
  await writeFile(path, withProblemTable(await readFile(path, 'utf8'), table));
}
