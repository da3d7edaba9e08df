import { Problem } from './problem.ts';

/** The version that the code speaks: the date of its contract. */
export const NEWEST_API_VERSION = '2026-11-01';

/**
 * The API version of a request.
 * @param header value of `API-Version`; absent means the newest
 * @throws Problem `unknown-api-version` for any but a served version
 */
export function apiVersion(header: string | undefined): string {
  if (header === undefined || header === NEWEST_API_VERSION) return NEWEST_API_VERSION;
  throw new Problem('unknown-api-version', {
    detail: `API-Version names no version that is served; send ${NEWEST_API_VERSION}, or leave it out`,
  });
}
