import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import TestSequencer from '@jest/test-sequencer';

/** Files that take longest, the longest first. */
const LONGEST = JSON.parse(readFileSync(join(import.meta.dirname, '../longest-first.json'), 'utf8'));

/**
 * Begins with what takes longest. Jest knows how long a file takes once it has run it; in a fresh clone it begins with the
 * largest, so that proofs of five lines would be begun last, and run for minutes when all other workers are idle.
 */
export default class LongestFirst extends TestSequencer {
  async sort(tests) {
    const sorted = await super.sort(tests);
    const place = ({ path, context }) => {
      const found = LONGEST.indexOf(relative(context.config.rootDir, path));
      return found < 0 ? LONGEST.length : found;
    };
    return sorted.sort((a, b) => place(a) - place(b));
  }
}
