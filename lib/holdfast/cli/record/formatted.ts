import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../service/project.ts';

/**
 * A text as the project's Biome formats the file of this path; without one, JSON has a line for each member, and other
 * texts stay as they are.
 * @throws Error with what Biome says of it
 */
export function formatted(path: string, text: string): string {
  const biome = join(ROOT, 'node_modules/.bin/biome');
  if (!existsSync(biome))
    return path.endsWith('.json') ? `${JSON.stringify(JSON.parse(text), null, 2)}\n` : text;
  const { status, stdout, stderr, error } = spawnSync(biome, ['format', `--stdin-file-path=${path}`], {
    cwd: ROOT,
    input: text,
    encoding: 'utf8',
    maxBuffer: 2 ** 24,
  });
  if (status !== 0) throw new Error(`biome could not format ${path}: ${error?.message ?? stderr}`);
  return stdout;
}
