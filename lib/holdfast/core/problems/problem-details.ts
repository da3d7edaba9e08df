import { type Problem, titleOf } from './problem.ts';
import type { ProblemRow } from './problems.ts';
import { challenge, problemType, requestUrn } from './service-names.ts';

/** Media type of every error body (RFC 9457). */
export const PROBLEM_MEDIA_TYPE = 'application/problem+json';

/** Where a problem is told of. */
export interface ProblemPlace {
  /** Of the service. */
  readonly prefix: string;
  /** The API's base path, without a trailing slash. */
  readonly base: string;
}

/** The members that every occurrence of a row shares. */
export function problemMembers(
  code: string,
  row: ProblemRow,
  { prefix, base }: ProblemPlace,
  resource?: string,
) {
  return {
    type: problemType(prefix, code),
    title: titleOf(row, resource),
    status: row.status,
    code,
    category: row.category,
    recovery: row.recovery,
    help: `${base}/problems/${code}`,
  };
}

/** The headers that every occurrence of a row shares. */
export function problemHeaders(row: ProblemRow, prefix: string): Record<string, string> {
  return {
    'Content-Type': PROBLEM_MEDIA_TYPE,
    ...(row.retryAfterSeconds !== undefined && { 'Retry-After': String(row.retryAfterSeconds) }),
    ...(row.status === 401 && { 'WWW-Authenticate': challenge(prefix) }),
  };
}

/** RFC 9457 problem details of one occurrence. `requestId` ties the body to the log. */
export function problemDetails(
  problem: Problem,
  { requestId, ...place }: ProblemPlace & { readonly requestId: string },
) {
  const { detail, resource, errors, current, etag, related, existing } = problem.occurrence;
  const { type, title, status, ...rest } = problemMembers(problem.code, problem.row, place, resource);
  return {
    status,
    headers: { ...problemHeaders(problem.row, place.prefix), ...(etag !== undefined && { ETag: etag }) },
    body: JSON.stringify({
      type,
      title,
      status,
      detail,
      instance: requestUrn(place.prefix, requestId),
      ...rest,
      errors,
      current,
      related,
      existing,
    }),
  };
}
