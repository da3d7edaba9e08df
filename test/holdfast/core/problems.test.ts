import { describe, expect, test } from '@jest/globals';
import payouts from '../../../functions/actions/payouts/resource.ts';
import { Problem } from '../../../lib/holdfast/core/problems/problem.ts';
import { problemDetails } from '../../../lib/holdfast/core/problems/problem-details.ts';
import { problemEntry, problemPage } from '../../../lib/holdfast/core/problems/problem-page.ts';
import { problems } from '../../../lib/holdfast/core/problems/problems.ts';

describe.each(Object.entries({ ...problems, ...payouts.problems }))('the problem %s', (code, row) => {
  test('has a status of an error, and says what to do, to tell and to check', () => {
    expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(row.status).toBeGreaterThanOrEqual(400);
    expect(row.status).toBeLessThan(600);
    expect(row.title).toMatch(/[^.]$/);
    expect(row.tell).toMatch(/[.?]$/);
    expect(row.check).toMatch(/[.?]$/);
  });

  test('says when to retry just if it says to', () => {
    expect(row.retryAfterSeconds !== undefined).toBe(row.recovery === 'retry');
  });

  test('is safe to retry where it is a 5xx', () => {
    expect(row.status < 500 || row.recovery === 'retry').toBe(true);
  });

  test('has a page', () => {
    expect(
      problemPage(problemEntry(code, row, { prefix: 'acme', base: '' }), { service: 'Acme', base: '' }),
    ).toContain(`<article id="${code}">`);
  });
});

test('what is thrown and is no problem is an internal error that keeps its cause and shows nothing of it', () => {
  const cause = new Error('arn:aws:dynamodb:table/secret');

  const problem = Problem.from(cause);
  const { status, body } = problemDetails(problem, { prefix: 'acme', base: '', requestId: 'r' });

  expect(problem.cause).toBe(cause);
  expect(status).toBe(500);
  expect(body).not.toContain('secret');
});

test('a page escapes what it shows', () => {
  const row = { ...problems['not-found'], tell: '<script>alert("&")</script>.' };

  expect(
    problemPage(problemEntry('not-found', row, { prefix: 'acme', base: '' }), { service: 'Acme', base: '' }),
  ).toContain('&lt;script&gt;alert(&quot;&amp;&quot;)');
});
