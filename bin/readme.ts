import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadRegistry } from '../lib/registry.ts';
import { ROOT } from '../lib/root.ts';
import { problemTable, withProblemTable } from '../lib/tools/problem-table.ts';

const path = join(ROOT, 'README.md');
await writeFile(path, withProblemTable(await readFile(path, 'utf8'), problemTable(await loadRegistry())));
