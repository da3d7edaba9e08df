import { type Problem, titleOf } from './problem.ts';
import type { ProblemRow } from './problems.ts';

/** Media type of every error body (RFC 9457). */
export const PROBLEM_MEDIA_TYPE = 'application/problem+json';

/** `WWW-Authenticate` of a 401 (RFC 6750 3). */
export const CHALLENGE = 'Bearer realm="holdfast"';

/** The members that every occurrence of a row shares. `base` is the API's base path, without a trailing slash. */
export function problemMembers(code: string, row: ProblemRow, base: string, resource?: string) {
  return {
    type: `urn:holdfast:problem:${code}`,
    title: titleOf(row, resource),
    status: row.status,
    code,
    category: row.category,
    recovery: row.recovery,
    help: `${base}/problems/${code}`,
  };
}

/** The headers that every occurrence of a row shares. */
export function problemHeaders(row: ProblemRow): Record<string, string> {
  return {
    'Content-Type': PROBLEM_MEDIA_TYPE,
    ...(row.retryAfterSeconds !== undefined && { 'Retry-After': String(row.retryAfterSeconds) }),
    ...(row.status === 401 && { 'WWW-Authenticate': CHALLENGE }),
  };
}

/** RFC 9457 problem details of one occurrence. `requestId` ties the body to the log. */
export function problemDetails(problem: Problem, { base, requestId }: { base: string; requestId: string }) {
  const { detail, resource, errors, current, etag } = problem.occurrence;
  const { type, title, status, ...rest } = problemMembers(problem.code, problem.row, base, resource);
  return {
    status,
    headers: { ...problemHeaders(problem.row), ...(etag !== undefined && { ETag: etag }) },
    body: JSON.stringify({
      type,
      title,
      status,
      detail,
      instance: `urn:holdfast:request:${requestId}`,
      ...rest,
      errors,
      current,
    }),
  };
}
