import { join } from 'node:path';
import { ROOT } from '../service/project.ts';
import { watchFolder } from './watch-folder.ts';

/** An editor writes a file in several steps; after so long it has done. */
const QUIET_MS = 30;

/**
 * Calls `reload` when a file below `functions/` has changed, once at a time, and once more if another changed
 * meanwhile. What it throws is printed, and nothing else happens.
 * @returns ends the watching
 */
export function watchSource(reload: () => Promise<void>, print: (line: string) => void): () => void {
  const changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let running = false;
  const run = async () => {
    if (running || changed.size === 0) return;
    running = true;
    const files = [...changed].join(', ');
    changed.clear();
    const start = performance.now();
    try {
      await reload();
      print(`reloaded ${files} in ${Math.round(performance.now() - start)} ms`);
    } catch (error) {
      print(
        `reload failed; still serving the previous version: ${error instanceof Error ? error.message : error}`,
      );
    }
    running = false;
    await run();
  };
  const unwatch = watchFolder(join(ROOT, 'functions'), (file) => {
    if (!file.endsWith('.ts')) return;
    changed.add(`functions/${file}`);
    clearTimeout(timer);
    timer = setTimeout(() => void run(), QUIET_MS);
  });
  return () => {
    clearTimeout(timer);
    unwatch();
  };
}
