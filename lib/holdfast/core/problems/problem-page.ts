import { escapeHtml, type PagePlace, page } from './page.ts';
import { type ProblemPlace, problemMembers } from './problem-details.ts';
import type { ProblemRow } from './problems.ts';

const recoveries: Record<ProblemRow['recovery'], string> = {
  'fix-request': 'Change the request; as it is, it will be refused again.',
  authenticate: 'Get a new access token, then send the same request again.',
  refresh: 'Read the resource again, show it to the person, and let them decide again.',
  retry: 'Send the same request under the same Idempotency-Key, after the seconds in Retry-After.',
  track: 'Follow the operation that the answer names.',
  stop: 'Do not try again.',
};

/** What is known of every occurrence of a problem, as `GET /problems/{code}` serves it. */
export const problemEntry = (code: string, row: ProblemRow, place: ProblemPlace) => ({
  ...problemMembers(code, row, place),
  ...(row.retryAfterSeconds !== undefined && { retryAfterSeconds: row.retryAfterSeconds }),
  client: recoveries[row.recovery],
  tell: row.tell,
  check: row.check,
});

type Entry = ReturnType<typeof problemEntry>;

/** On the page of all, each leads to its own, of which its code is the heading. */
const headingOf = ({ code, help }: Entry, isAlone: boolean) =>
  isAlone ? `<h1>${code}</h1>` : `<h2><a href="${help}">${code}</a></h2>`;

const article = (entry: Entry, isAlone: boolean) => {
  const { status, code, title, client, tell, check, category, recovery } = entry;
  return `
<article id="${code}">
${headingOf(entry, isAlone)}
<p>${escapeHtml(title)}.</p>
<dl>
<dt>Status</dt><dd>${status}, ${category}</dd>
<dt>What the client does</dt><dd>${recovery}: ${escapeHtml(client)}</dd>
<dt>What to tell the user</dt><dd>${escapeHtml(tell)}</dd>
<dt>What support checks</dt><dd>${escapeHtml(check)}</dd>
<dt>How to see it</dt><dd><code>npm run provoke -- ${code}</code> while <code>npm start</code> runs</dd>
</dl>
</article>`;
};

/** All of them as a page for people. */
export const problemsPage = (entries: readonly Entry[], place: PagePlace): string =>
  page({
    title: 'Problems',
    ...place,
    main: `<h1>Problems</h1>${entries.map((entry) => article(entry, false)).join('')}`,
  });

/** One of them as a page for people. */
export const problemPage = (entry: Entry, place: PagePlace): string =>
  page({ title: entry.code, ...place, main: article(entry, true) });
