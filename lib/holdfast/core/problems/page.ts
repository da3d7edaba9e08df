const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text as HTML shows it, in content and in attributes. */
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => escapes[character] ?? character);

/** Headers of every page: it runs and loads what comes from here, and nothing else (CSP 3). */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
};

/** Where a page is. */
export interface PagePlace {
  /** Title of the service. */
  readonly service: string;
  /** Way to the API's base, without a trailing slash: `/dev`, or relative to the page, as `..`. */
  readonly base: string;
}

/** What a page says. */
export interface Page extends PagePlace {
  readonly title: string;
  /** HTML. */
  readonly main: string;
  /** Names of style sheets and scripts below `docs/`, besides the style that every page has. @default none */
  readonly styles?: readonly string[];
  readonly scripts?: readonly string[];
}

/** A page of the documentation; each leads to the others. */
export function page({ title, service, base, main, styles = [], scripts = [] }: Page): string {
  const links = [
    ['docs', 'Reference'],
    ['docs/states', 'States'],
    ['docs/versions', 'Versions'],
    ['problems', 'Problems'],
    ['openapi.json', 'OpenAPI'],
  ].map(([path, text]) => `<a href="${base}/${path}">${text}</a>`);
  const sheets = [...styles, 'style.css'].map(
    (name) => `<link rel="stylesheet" href="${base}/docs/${name}">`,
  );
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} – ${escapeHtml(service)}</title>
<link rel="icon" href="data:,">
${sheets.join('\n')}
<nav aria-label="Documentation"><strong>${escapeHtml(service)}</strong> ${links.join(' ')}</nav>
<main>${main}</main>
${scripts.map((name) => `<script src="${base}/docs/${name}"></script>`).join('\n')}
</html>
`;
}
