import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../service/project.ts';

/** Names of the scripts that check something. */
export const checksOf = (scripts: object): readonly string[] =>
  Object.keys(scripts).filter((name) => name.startsWith('check:'));

/**
 * `npm run check`: every `check:` script of package.json in turn, until one fails.
 * @returns its exit status
 */
export async function check(): Promise<number> {
  const { scripts } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));
  for (const name of checksOf(scripts)) {
    const child = spawn('npm', ['run', '--silent', name], { cwd: ROOT, stdio: 'inherit' });
    const [code] = await once(child, 'exit');
    if (code !== 0) {
      console.error(`npm run ${name} failed`);
      return code ?? 1;
    }
  }
  return 0;
}
