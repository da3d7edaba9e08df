import { type FSWatcher, readdirSync, watch } from 'node:fs';
import { join } from 'node:path';

/**
 * Tells each path below a folder that has changed, by a watcher of each folder: Node's recursive one loses sight of a file
 * on Linux once it was replaced, which is how most editors, `git` and `sed -i` save.
 * @param changed is given the path from the folder, with forward slashes
 * @returns ends the watching
 */
export function watchFolder(root: string, changed: (path: string) => void): () => void {
  const watchers = new Map<string, FSWatcher>();
  const forget = (path: string) => {
    watchers.get(path)?.close();
    watchers.delete(path);
  };
  /** @returns whether it is a folder */
  const follow = (path: string, isNew: boolean): boolean => {
    const entries = entriesOf(join(root, path));
    if (entries === undefined) return false;
    if (!watchers.has(path)) {
      const watcher = watch(join(root, path), (_, name) => {
        if (name !== null) met(path === '' ? name : `${path}/${name}`);
      });
      watchers.set(
        path,
        watcher.on('error', () => forget(path)),
      );
    }
    for (const entry of entries) {
      const inner = path === '' ? entry.name : `${path}/${entry.name}`;
      if (entry.isDirectory()) follow(inner, isNew);
      // What was written into a new folder before it was watched.
      else if (isNew) changed(inner);
    }
    return true;
  };
  const met = (path: string) => {
    // One of that name may stand there again, and is another folder then.
    forget(path);
    if (!follow(path, true)) changed(path);
  };
  follow('', false);
  return () => {
    for (const path of [...watchers.keys()]) forget(path);
  };
}

/** Undefined for what is no folder, or is there no more. */
function entriesOf(path: string) {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch {
    return undefined;
  }
}
