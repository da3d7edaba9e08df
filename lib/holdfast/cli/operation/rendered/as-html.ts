import { escapeHtml } from '../../../core/problems/page.ts';
import { type Explanation, sectionsOf } from '../explanation.ts';

/** Besides the style of every page: ids break on a narrow screen, where the table is scrolled, and what does harm stands out. */
const OWN_STYLE = `
h1, p, td, dd, pre { overflow-wrap: anywhere; }
pre { white-space: pre-wrap; margin: 0.5rem 0; padding: 0.5rem 0.75rem; background: var(--tint); }
section { max-width: 46rem; }
.scrolls table { min-width: 40rem; }
.scrolls td:first-child { white-space: nowrap; }
.never { border-left: 0.25rem solid var(--accent); padding-left: 1rem; }
`;

/**
 * An explanation as one file, which loads nothing: it can be sent to who has no access.
 * @param style the style of every page
 * @param service its title
 */
export function asHtml(explanation: Explanation, style: string, service: string): string {
  const { title, asOf, members, events } = explanation;
  const sections = sectionsOf(explanation).map(
    ([heading, sayings]) => `<section${heading === 'Never do this' ? ' class="never"' : ''}>
<h2>${heading}</h2>
${sayings
  .map((saying) =>
    typeof saying === 'string'
      ? `<p>${escapeHtml(saying)}</p>`
      : `<pre><code>${escapeHtml(saying.run)}</code></pre>`,
  )
  .join('\n')}
</section>`,
  );
  const table = `<section>
<h2>Members</h2>
<dl>${members.map(([name, value]) => `<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd>`).join('')}</dl>
</section>`;
  const rows = events.map(({ at, action, about, move, by, said }) =>
    [at, [action, about].join(' '), [move, ...said].join('; '), by]
      .map((cell) => `<td>${escapeHtml(cell)}</td>`)
      .join(''),
  );
  const history = `<h2>Every event</h2>
<div class="scrolls" tabindex="0" role="region" aria-label="Every event">
<table>
<thead><tr><th scope="col">When</th><th scope="col">What</th><th scope="col">What came of it</th><th scope="col">By</th></tr></thead>
<tbody>${rows.map((row) => `<tr>${row}</tr>`).join('\n')}</tbody>
</table>
</div>`;
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escapeHtml(title)} – ${escapeHtml(service)}</title>
<link rel="icon" href="data:,">
<style>${style}${OWN_STYLE}</style>
<main>
<h1>${escapeHtml(title)}</h1>
<p>${asOf}</p>
${sections.join('\n')}
${members.length === 0 ? '' : table}
${events.length === 0 ? '' : history}
</main>
</html>
`;
}
