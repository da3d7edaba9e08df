import { problemMembers } from './problem-details.ts';
import type { ProblemRow } from './problems.ts';

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escapeHtml = (text: string) => text.replace(/[&<>"]/g, (character) => escapes[character] ?? character);

const recoveries: Record<ProblemRow['recovery'], string> = {
  'fix-request': 'Change the request; as it is, it will be refused again.',
  authenticate: 'Get a new access token, then send the same request again.',
  refresh: 'Read the resource again, show it to the person, and let them decide again.',
  retry: 'Send the same request under the same Idempotency-Key, after the seconds in Retry-After.',
  track: 'Follow the operation that the answer names.',
  stop: 'Do not try again.',
};

/** What is known of every occurrence of a problem, as `GET /problems/{code}` serves it. */
export const problemEntry = (code: string, row: ProblemRow, base: string) => ({
  ...problemMembers(code, row, base),
  ...(row.retryAfterSeconds !== undefined && { retryAfterSeconds: row.retryAfterSeconds }),
  client: recoveries[row.recovery],
  tell: row.tell,
  check: row.check,
});

type Entry = ReturnType<typeof problemEntry>;

const article = ({ status, code, title, help, client, tell, check, category, recovery }: Entry) => `
<article id="${code}">
<h2><a href="${help}">${code}</a></h2>
<p>${escapeHtml(title)}.</p>
<dl>
<dt>Status</dt><dd>${status}, ${category}</dd>
<dt>The client</dt><dd>${recovery}: ${escapeHtml(client)}</dd>
<dt>Tell the person</dt><dd>${escapeHtml(tell)}</dd>
<dt>Support checks</dt><dd>${escapeHtml(check)}</dd>
</dl>
</article>`;

/** The same as a page for people. */
export const problemPage = (entries: readonly Entry[], heading: string): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escapeHtml(heading)}</title>
<style>
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 42rem; margin: 2rem auto; padding: 0 1rem }
dt { font-weight: bold } dd { margin: 0 0 .5rem } h2 { font-family: ui-monospace, monospace }
</style>
<h1>${escapeHtml(heading)}</h1>${entries.map(article).join('')}
</html>
`;
