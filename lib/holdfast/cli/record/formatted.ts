import { spawnSync } from 'node:child_process';
import { commandOfPackage } from '../../service/packages.ts';
import { ROOT } from '../../service/project.ts';

/**
 * A text as the project's Biome formats the file of this path; without one, JSON has a line for each member, and other
 * texts stay as they are.
 * @throws Error with what Biome says of it
 */
export function formatted(path: string, text: string): string {
  const biome = commandOfPackage(ROOT, '@biomejs/biome', 'biome');
  if (biome === undefined)
    return path.endsWith('.json') ? `${JSON.stringify(JSON.parse(text), null, 2)}\n` : text;
  const { status, stdout, stderr, error } = spawnSync(
    process.execPath,
    [biome, 'format', `--stdin-file-path=${path}`],
    {
      cwd: ROOT,
      input: text,
      encoding: 'utf8',
      maxBuffer: 2 ** 24,
    },
  );
  if (status !== 0) throw new Error(`biome could not format ${path}: ${error?.message ?? stderr}`);
  return stdout;
}
