import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Copy } from '../support/copy.ts';
import { emptyProject } from '../support/empty-project.ts';

/** What is here of the project: the rest is as every project has it. */
const PARTS = ['functions', 'lib/service.ts', 'test'];

/** The project that has these definitions: a second service, of which nothing is in this repository's own. */
export async function ordersProject(): Promise<Copy> {
  const copy = await emptyProject();
  await rm(join(copy.root, 'lib/recorded'), { recursive: true });
  for (const part of PARTS)
    await cp(join(import.meta.dirname, part), join(copy.root, part), { recursive: true });
  return copy;
}
