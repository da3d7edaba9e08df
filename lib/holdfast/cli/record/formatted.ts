import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from '../../service/project.ts';

/** A text as Biome formats the file of this path. @throws Error with what Biome says of it */
export function formatted(path: string, text: string): string {
  const biome = join(ROOT, 'node_modules/.bin/biome');
  const { status, stdout, stderr, error } = spawnSync(biome, ['format', `--stdin-file-path=${path}`], {
    cwd: ROOT,
    input: text,
    encoding: 'utf8',
    maxBuffer: 2 ** 24,
  });
  if (status !== 0) throw new Error(`biome could not format ${path}: ${error?.message ?? stderr}`);
  return stdout;
}
