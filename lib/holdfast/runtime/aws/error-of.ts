import { isNativeError } from 'node:util/types';

/** What was thrown, as an error: with its own stack where it is one. */
export const errorOf = (thrown: unknown): Error =>
  isNativeError(thrown) ? thrown : new Error(String(thrown));
