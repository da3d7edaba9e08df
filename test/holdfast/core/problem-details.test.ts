import { describe, expect, test } from '@jest/globals';
import { Problem } from '../../../lib/holdfast/core/problems/problem.ts';
import {
  problemDetails,
  problemHeaders,
  problemMembers,
} from '../../../lib/holdfast/core/problems/problem-details.ts';
import { type ProblemCode, type ProblemRow, problems } from '../../../lib/holdfast/core/problems/problems.ts';

const render = (problem: Problem) => {
  const { status, headers, body } = problemDetails(problem, {
    prefix: 'acme',
    base: '/dev',
    requestId: 'r-1',
  });
  return { status, headers: new Headers(headers), body: JSON.parse(body) };
};

describe.each(Object.entries<ProblemRow>(problems))('the problem %s', (code, row) => {
  test('is one body in the form of RFC 9457, and the status of its row in both places', () => {
    const { status, headers, body } = render(new Problem(code as ProblemCode, { detail: 'because' }));

    expect(status).toBe(row.status);
    expect(headers.get('Content-Type')).toBe('application/problem+json');
    expect(body).toEqual({
      type: `urn:acme:problem:${code}`,
      title: row.title.replace('{resource}', 'resource'),
      status: row.status,
      detail: 'because',
      instance: 'urn:acme:request:r-1',
      code,
      category: row.category,
      recovery: row.recovery,
      help: `/dev/problems/${code}`,
    });
  });

  test('says when to retry in whole seconds just where retrying is the recovery', () => {
    const retryAfter = problemHeaders(row, 'acme')['Retry-After'];

    expect(retryAfter).toBe(row.recovery === 'retry' ? String(row.retryAfterSeconds) : undefined);
    expect(retryAfter ?? '1').toMatch(/^[1-9]\d*$/);
  });

  test('challenges just where it is a 401 (RFC 9110 11.6.1)', () => {
    expect(problemHeaders(row, 'acme')['WWW-Authenticate'] !== undefined).toBe(row.status === 401);
  });
});

describe('the details of a problem', () => {
  test('name the resource, tell what stands, and carry its ETag', () => {
    const current = { state: 'draft', version: 1, allowedActions: ['submit'] };

    const { headers, body } = render(
      new Problem('version-mismatch', { resource: 'payout', current, etag: '"1-x"' }),
    );

    expect(headers.get('ETag')).toBe('"1-x"');
    expect(body).toMatchObject({ title: 'The payout has changed since it was read', current });
    expect(body).not.toHaveProperty('etag');
  });

  test('list the errors of the input', () => {
    const errors = [{ pointer: '/a~1b', detail: 'is required' }];

    expect(render(new Problem('invalid-input', { errors })).body.errors).toEqual(errors);
  });

  test('hold nothing of the cause', () => {
    const cause = Object.assign(new Error('arn:aws:dynamodb:eu-central-1:1:table/secret'), {
      stack: 'secret',
    });

    const { body } = render(Problem.from(cause));

    expect(JSON.stringify(body)).not.toMatch(/secret|arn:/);
    expect(Object.keys(body)).not.toContain('detail');
  });

  test('come in one order of members, so that the same problem is the same bytes', () => {
    const { body } = problemDetails(new Problem('not-found', { detail: 'x', errors: [] }), {
      prefix: 'acme',
      base: '',
      requestId: 'r',
    });

    expect(Object.keys(JSON.parse(body))).toEqual([
      'type',
      'title',
      'status',
      'detail',
      'instance',
      'code',
      'category',
      'recovery',
      'help',
      'errors',
    ]);
  });

  test('of a domain’s row are made like those of the kit', () => {
    const row: ProblemRow = { ...problems['access-denied'], title: 'The {resource} is frozen' };

    expect(problemMembers('frozen', row, { prefix: 'acme', base: '' }, 'account')).toMatchObject({
      type: 'urn:acme:problem:frozen',
      title: 'The account is frozen',
      help: '/problems/frozen',
    });
  });
});
