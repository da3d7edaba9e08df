import { describe, expect, test } from '@jest/globals';
import { problemEntry, problemPage, problemsPage } from '../../../lib/holdfast/core/problems/problem-page.ts';
import { type ProblemRow, problems } from '../../../lib/holdfast/core/problems/problems.ts';

const entryOf = (code: string, row: ProblemRow) => problemEntry(code, row, { prefix: 'acme', base: '/dev' });

describe('what is served of a problem', () => {
  test('is its row, with the recovery spelt out', () => {
    expect(entryOf('too-many-requests', problems['too-many-requests'])).toEqual({
      type: 'urn:acme:problem:too-many-requests',
      title: 'Too many requests',
      status: 429,
      code: 'too-many-requests',
      category: 'limit',
      recovery: 'retry',
      help: '/dev/problems/too-many-requests',
      retryAfterSeconds: 1,
      client: 'Send the same request under the same Idempotency-Key, after the seconds in Retry-After.',
      tell: 'We are very busy right now. Retrying in a moment.',
      check: 'Which client sends so many requests? All clients share the throttle of a method.',
    });
  });

  test('says when to retry just where that is the recovery', () => {
    expect(entryOf('not-found', problems['not-found'])).not.toHaveProperty('retryAfterSeconds');
  });
});

describe('the page of problems', () => {
  test('shows every entry under its code', () => {
    const entries = Object.entries<ProblemRow>(problems).map(([code, row]) => entryOf(code, row));

    const page = problemsPage(entries, { service: 'Acme', base: '/dev' });

    expect(page.match(/<article id="[a-z-]+">/g)).toHaveLength(entries.length);
    expect(page).toMatch(/^<!doctype html>\n<html lang="en">/);
  });

  test.each(['title', 'tell', 'check'] as const)('escapes the %s', (member) => {
    const row = { ...problems['not-found'], [member]: '<img src=x onerror="alert(\'&\')">' };

    const page = problemPage(entryOf('not-found', row), { service: 'Acme', base: '/dev' });

    expect(page).not.toContain('<img');
    expect(page).toContain('&lt;img src=x onerror=&quot;alert(');
    expect(page).toContain('&amp;');
  });

  test('of one problem says the command that brings it about on the local cloud', () => {
    const page = problemPage(entryOf('not-found', problems['not-found']), { service: 'Acme', base: '/dev' });

    expect(page).toContain('<code>npm run provoke -- not-found</code>');
  });

  test('E11: of one problem has its code as the heading, once', () => {
    const page = problemPage(entryOf('not-found', problems['not-found']), { service: 'Acme', base: '/dev' });

    expect(page.match(/<h\d.*<\/h\d>/g)).toEqual(['<h1>not-found</h1>']);
  });

  // The link is relative, so that on the page of one problem it leads to /dev/problems/problems/not-found.
  test('links each problem to its own page, from wherever it is shown', () => {
    const page = problemsPage([entryOf('not-found', problems['not-found'])], {
      service: 'Acme',
      base: '/dev',
    });
    const [, link = ''] = /<h2><a href="([^"]+)">/.exec(page) ?? [];

    const from = ['/dev/problems', '/dev/problems/not-found'].map(
      (path) => new URL(link, `https://api.example${path}`).pathname,
    );

    expect(from).toEqual(['/dev/problems/not-found', '/dev/problems/not-found']);
  });
});
