import { createHash } from 'node:crypto';
import { stripTypeScriptTypes } from 'node:module';

/** A test runs as what Node runs: its own text, with spaces where types were, so that lines and columns stay. */
export default {
  process: (text: string) => ({ code: stripTypeScriptTypes(text) }),
  getCacheKey: (text: string, path: string) =>
    createHash('sha256').update(`${process.version}\0${path}\0${text}`).digest('hex'),
};
