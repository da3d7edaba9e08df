import version20260501 from '../../../functions/versions/2026-05-01.ts';

/** What `@versions` is where a function runs in a test's own process. */
export default [version20260501];
