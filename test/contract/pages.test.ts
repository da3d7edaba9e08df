import { describe, expect, test } from '@jest/globals';
import { send } from '../support/client.ts';
import { BASE_URL } from './users.ts';

const page = (path: string) =>
  send(`${BASE_URL}${path}`, { method: 'GET', headers: { Accept: 'text/html,application/xhtml+xml' } });

const attributes = (html: string, name: string) =>
  [...html.matchAll(new RegExp(`${name}="([^"]+)"`, 'g'))].map(([, value = '']) => value);

describe.each(['/docs', '/docs/states', '/docs/versions', '/problems', '/problems/version-mismatch'])(
  'the page %s',
  (path) => {
    test('is open to all, runs and loads only what is served here, and leads to the others', async () => {
      const answer = await page(path);
      const base = new URL(`${BASE_URL}${path}`);
      const loaded = [
        ...attributes(answer.text, 'src'),
        ...attributes(answer.text, 'href').filter((link) => link.endsWith('.css')),
      ].map((link) => new URL(link, base));
      const files = await Promise.all(loaded.map((url) => send(url.href, { method: 'GET' })));

      expect(answer.status).toBe(200);
      expect(answer.headers.get('Content-Type')).toBe('text/html; charset=utf-8');
      expect(answer.headers.get('Content-Security-Policy')).toContain(
        "default-src 'none'; script-src 'self'",
      );
      expect(answer.text).not.toMatch(/<style|style="|onclick=|javascript:/);
      expect(loaded.filter(({ origin }) => origin !== base.origin)).toEqual([]);
      expect(files.map(({ status }) => status)).toEqual(files.map(() => 200));
      const links = attributes(answer.text, 'href').map((link) => new URL(link, base).pathname);
      for (const other of ['docs', 'docs/states', 'problems', 'openapi.json'])
        expect(links).toContain(new URL(`${BASE_URL}/${other}`).pathname);
    });
  },
);

test('the page of states says in words what the picture shows', async () => {
  const { text } = await page('/docs/states');

  expect(text).toContain('<svg aria-hidden="true"');
  expect(text).toMatch(
    /<th scope="row"[^>]*>submitted<\/th><td><strong>approve<\/strong>[^<]*<\/td><td>approved<\/td>/,
  );
});

test('what a page loads is kept by browsers for good, and pages are asked for again', async () => {
  const docs = await page('/docs');
  const [script = ''] = attributes(docs.text, 'src').filter((link) => link.includes('swagger-ui'));

  const asset = await send(new URL(script, `${BASE_URL}/docs`).href, { method: 'GET' });
  const again = await send(`${BASE_URL}/docs`, { method: 'GET', headers: { 'If-None-Match': docs.etag } });

  expect(asset.headers.get('Cache-Control')).toBe('public, max-age=31536000, immutable');
  expect(docs.headers.get('Cache-Control')).toBe('public, no-cache');
  expect(again).toMatchObject({ status: 304, text: '' });
});

test('each version has a document of its own, by the header that its requests have or from the page of versions', async () => {
  const { text } = await page('/docs/versions');
  const links = attributes(text, 'href').filter((link) => link.startsWith('openapi-'));
  const own = await Promise.all(
    links.map((link) => send(new URL(link, `${BASE_URL}/docs/versions`).href, { method: 'GET' })),
  );
  const asked = await Promise.all(
    own.map(({ json }) =>
      send(`${BASE_URL}/openapi.json`, {
        method: 'GET',
        headers: { 'API-Version': String((json.info as { version: string }).version) },
      }),
    ),
  );
  const unknown = await send(`${BASE_URL}/openapi.json`, {
    method: 'GET',
    headers: { 'API-Version': '1999-01-01' },
  });

  expect(links.length).toBeGreaterThan(1);
  expect(asked.map((answer) => answer.text)).toEqual(own.map((answer) => answer.text));
  expect(new Set(own.map((answer) => answer.text)).size).toBe(links.length);
  expect(unknown).toMatchObject({ status: 400, json: { code: 'unknown-api-version' } });
});

test('each problem of the table has a page, which says what it means and what to do', async () => {
  const table = await send(`${BASE_URL}/problems`, { method: 'GET' });
  const codes = (table.json.problems as { code: string }[]).map(({ code }) => code);

  const pages = await Promise.all(codes.map((code) => page(`/problems/${code}`)));

  expect(codes.length).toBeGreaterThan(25);
  expect(pages.map(({ status }) => status)).toEqual(codes.map(() => 200));
  expect(pages.filter(({ text }) => !/Tell the person.*Support checks/s.test(text))).toEqual([]);
});

test.each([
  ['GET', '/docs'],
  ['GET', '/docs/style.css'],
  ['GET', '/docs/states'],
  ['GET', '/problems/not-found'],
  ['GET', '/problems/nothing'],
  ['GET', '/openapi.json'],
  ['GET', '/health'],
  ['GET', '/payouts'],
  ['GET', '/nowhere'],
  ['POST', '/partners/screening/callbacks'],
  ['OPTIONS', '/health'],
  ['OPTIONS', '/payouts'],
  ['OPTIONS', '/payouts/po_1/approve'],
])(
  'D3: what %s %s answers is taken for no other type, and asked for by HTTPS alone',
  async (method, path) => {
    const { headers } = await fetch(`${BASE_URL}${path}`, { method });

    expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
    expect(headers.get('Strict-Transport-Security')).toBe('max-age=31536000');
  },
);

test('E11: pages follow the colours of the person, and a diagram that is cut says that it can be scrolled', async () => {
  const [style, states] = [await page('/docs/style.css'), await page('/docs/states')];

  expect(style.text).toContain('color-scheme: light dark');
  expect(style.text).toContain('@media (prefers-color-scheme: dark)');
  expect(states.text).toMatch(/<p class="hint">The diagram is wider than the screen: scroll it sideways/);
});
