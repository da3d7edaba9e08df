import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const isExecutable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/**
 * Debian's chromium, or another of that name on the PATH; `.ci/run` installs it.
 * @throws Error that says how to get it
 */
export function chromiumPath(): string {
  const paths = (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, 'chromium'));
  const found = paths.find(isExecutable);
  if (found === undefined) throw new Error('chromium is missing; install it: apt-get install chromium');
  return found;
}
