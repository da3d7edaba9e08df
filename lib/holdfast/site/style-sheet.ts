import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The one style of every page. */
export const styleSheet = (): Promise<string> =>
  readFile(join(import.meta.dirname, 'assets/style.css'), 'utf8');
