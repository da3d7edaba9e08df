import { describe, expect, test } from '@jest/globals';
import { type Action, stateAfter } from '../../core/definitions/define-action.ts';
import { collectionPath } from '../../core/definitions/routes.ts';
import { partnersOf } from '../../service/registry.ts';
import { send } from '../scene/request.ts';
import type { Scene } from '../scene/scene.ts';

const attributes = (html: string, name: string) =>
  [...html.matchAll(new RegExp(`${name}="([^"]+)"`, 'g'))].map(([, value = '']) => value);

/** What people read: the pages of the documentation, and the table of problems. */
export function pageFacts(scene: Scene, create: Action): void {
  const page = (path: string) =>
    send(`${scene.url}${path}`, { method: 'GET', headers: { Accept: 'text/html,application/xhtml+xml' } });
  const versions = () => [
    ...scene.registry.versions.map(({ definition }) => definition.version),
    scene.service.apiVersion,
  ];
  const codesOf = async () => {
    const { json } = await scene.get('/problems', { token: undefined });
    return (json.problems as { code: string }[]).map(({ code }) => code);
  };

  describe.each(['/docs', '/docs/states', '/docs/versions', '/problems', '/problems/version-mismatch'])(
    'the page %s',
    (path) => {
      test('is open to all, runs and loads only what is served here, and leads to the others', async () => {
        const answer = await page(path);
        const base = new URL(`${scene.url}${path}`);
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
          expect(links).toContain(new URL(`${scene.url}/${other}`).pathname);
      });
    },
  );

  test('the page of states says in words what the picture shows: each action, by the state that permits it', async () => {
    const { text } = await page('/docs/states');

    expect(text).toContain('<svg aria-hidden="true"');
    for (const { definition } of scene.registry.resources)
      for (const action of scene.waysOf(definition).actions)
        for (const state of action.from ?? [])
          expect(text).toMatch(
            new RegExp(`<strong>${action.name}</strong>[^<]*</td><td>${stateAfter(action, state)}</td>`),
          );
  });

  test('what a page loads is kept by browsers for good, and pages are asked for again', async () => {
    const docs = await page('/docs');
    const [script = ''] = attributes(docs.text, 'src').filter((link) => link.includes('swagger-ui'));

    const asset = await send(new URL(script, `${scene.url}/docs`).href, { method: 'GET' });
    const again = await send(`${scene.url}/docs`, {
      method: 'GET',
      headers: { 'If-None-Match': docs.etag },
    });

    expect(asset.headers.get('Cache-Control')).toBe('public, max-age=31536000, immutable');
    expect(docs.headers.get('Cache-Control')).toBe('public, no-cache');
    expect(again).toMatchObject({ status: 304, text: '' });
  });

  test('each version has a document of its own, by the header that its requests have or from the page of versions', async () => {
    const { text } = await page('/docs/versions');
    const links = attributes(text, 'href').filter((link) => link.startsWith('openapi-'));
    const own = await Promise.all(
      links.map((link) => send(new URL(link, `${scene.url}/docs/versions`).href, { method: 'GET' })),
    );
    const asked = await Promise.all(
      own.map(({ json }) =>
        scene.get('/openapi.json', {
          token: undefined,
          headers: { 'API-Version': String((json.info as { version: string }).version) },
        }),
      ),
    );

    expect(links).toHaveLength(versions().length);
    expect(asked.map((answer) => answer.text)).toEqual(own.map((answer) => answer.text));
    expect(new Set(own.map((answer) => answer.text)).size).toBe(links.length);
  });

  test('each problem of the table has a page, which says what it means and what to do', async () => {
    const codes = await codesOf();

    const pages = await Promise.all(codes.map((code) => page(`/problems/${code}`)));

    expect(codes.length).toBeGreaterThan(25);
    expect(pages.map(({ status }) => status)).toEqual(codes.map(() => 200));
    expect(pages.filter(({ text }) => !/What to tell the user.*What support checks/s.test(text))).toEqual([]);
  });

  describe('the table of problems', () => {
    test('is served to anyone, as JSON and as a page, and so is each of its rows', async () => {
      const codes = await codesOf();
      const own = scene.registry.resources.flatMap(({ definition }) =>
        Object.keys(definition.problems ?? {}),
      );

      const rows = await Promise.all(
        codes.map((code) => scene.get(`/problems/${code}`, { token: undefined })),
      );
      const html = await scene.get('/problems/version-mismatch', {
        token: undefined,
        headers: { Accept: 'text/html' },
      });
      const all = await scene.get('/problems', { token: undefined, headers: { Accept: 'text/html' } });
      const unknown = await scene.get('/problems/no-such-code', { token: undefined });

      expect(codes).toEqual(expect.arrayContaining(own));
      expect(rows.map(({ json }) => json.code)).toEqual(codes);
      expect([html, all].map(({ headers }) => headers.get('Content-Type'))).toEqual(
        Array.from({ length: 2 }, () => 'text/html; charset=utf-8'),
      );
      expect(html.text).toContain('This has changed since you last saw it');
      expect(unknown.json).toMatchObject({ status: 404, code: 'not-found' });
    });
  });

  const { resource } = create;
  const path = collectionPath(resource);
  const [action = 'history'] = scene
    .waysOf(resource)
    .actions.filter(({ from }) => from !== undefined)
    .map(({ name }) => name);
  const callbacks = partnersOf(scene.registry)
    .filter(({ callback }) => callback !== undefined)
    .map(({ name }): [string, string] => ['POST', `/partners/${name}/callbacks`]);
  test.each([
    ['GET', '/docs'],
    ['GET', '/docs/style.css'],
    ['GET', '/docs/states'],
    ['GET', '/problems/not-found'],
    ['GET', '/problems/nothing'],
    ['GET', '/openapi.json'],
    ['GET', '/health'],
    ['GET', '/status'],
    ['GET', path],
    ['GET', '/nowhere'],
    ...callbacks,
    ['OPTIONS', '/health'],
    ['OPTIONS', path],
    ['OPTIONS', `${path}/${resource.idPrefix}_1/${action}`],
  ])(
    'D3: what %s %s answers is taken for no other type, and asked for by HTTPS alone',
    async (method, at) => {
      const { headers } = await fetch(`${scene.url}${at}`, { method });

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
}
