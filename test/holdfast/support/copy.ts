import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { mintToken } from '../../../lib/holdfast/local/issuer.ts';
import { ROOT } from '../../../lib/holdfast/service/project.ts';
import { ending } from './ending.ts';

/** A copy of the repository, as a team would have cloned it. */
export interface Copy {
  readonly root: string;
  /** Writes a file, by its path from the root. */
  write(path: string, text: string): Promise<void>;
  /** Replaces text that must be there. */
  edit(path: string, from: string, to: string): Promise<void>;
  remove(): Promise<void>;
}

/**
 * Copies what ships, what builds and what starts; packages are shared with this repository.
 * @param more files and folders that are copied too
 */
export async function copyRepository(more: readonly string[] = []): Promise<Copy> {
  const root = await mkdtemp(join(tmpdir(), 'holdfast-copy-'));
  const remove = ending(() => rm(root, { recursive: true, force: true }));
  const parts = [
    'bin',
    'lib',
    'functions',
    'cdk.json',
    'package.json',
    'tsconfig.json',
    '.dependency-cruiser.cjs',
    ...more,
  ];
  await Promise.all(parts.map((part) => cp(join(ROOT, part), join(root, part), { recursive: true })));
  await symlink(join(ROOT, 'node_modules'), join(root, 'node_modules'));
  // What was synthesized of the same source anywhere is good here too: its names are hashes of what it was made of.
  const synthesized = '.holdfast/synthesis';
  await mkdir(join(ROOT, synthesized), { recursive: true });
  await mkdir(join(root, '.holdfast'));
  await symlink(join(ROOT, synthesized), join(root, synthesized));
  // Tokens of this repository's local issuer are to be good for the copy's service too; a first token makes its key.
  await mintToken({ tenant: 'copy', subject: 'copy', scopes: '' });
  await cp(join(ROOT, '.holdfast/issuer.json'), join(root, '.holdfast/issuer.json'));
  return {
    root,
    async write(path, text) {
      await mkdir(join(root, dirname(path)), { recursive: true });
      await writeFile(join(root, path), text);
    },
    async edit(path, from, to) {
      const text = await readFile(join(root, path), 'utf8');
      if (!text.includes(from)) throw new Error(`${path} does not hold ${JSON.stringify(from)}`);
      await writeFile(join(root, path), text.replace(from, to));
    },
    remove,
  };
}

/** An action as a team would add it: one file, and nothing else. */
export const SET_ASIDE = `import * as z from 'zod';
import { defineAction, text } from 'holdfast';
import payouts from './resource.ts';

export default defineAction({
  resource: payouts,
  name: 'set-aside',
  summary: 'Take a submitted payout back to draft, to look at it again.',
  scope: 'payouts:set-aside',
  from: ['submitted'],
  to: 'draft',
  input: z.object({ note: text({ max: 500 }) }),
  decide: ({ input }) => ({ note: input.note, submittedBy: null, submittedAt: null }),
});
`;
