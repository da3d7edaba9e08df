import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { AxeResults, RunOptions } from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';
import { explain } from '../../../../lib/holdfast/cli/operation/explain.ts';
import { asHtml } from '../../../../lib/holdfast/cli/operation/rendered/as-html.ts';
import { PAGE_HEADERS } from '../../../../lib/holdfast/core/problems/page.ts';
import {
  problemEntry,
  problemPage,
  problemsPage,
} from '../../../../lib/holdfast/core/problems/problem-page.ts';
import type { SiteFile } from '../../../../lib/holdfast/core/site-file.ts';
import { synthesizeLocal } from '../../../../lib/holdfast/local/synth.ts';
import { nodeOf, type OpenApiDocument } from '../../../../lib/holdfast/openapi/schemas/node.ts';
import { loadRegistry, problemsOf } from '../../../../lib/holdfast/service/registry.ts';
import { chromiumPath } from '../../support/chromium.ts';
import { CLAIMED, caseOf, NOW, noted } from '../operation/cases.ts';

/** Level AA of WCAG 2.2, contrast and the names of all parts included, and the order of headings. */
const RULES: RunOptions = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  resultTypes: ['violations'],
};

/** The narrowest screen there is (WCAG 2.2, 1.4.10), by day, and a wide one at night. */
const SCREENS = [
  { colorScheme: 'light', width: 320, height: 640 },
  { colorScheme: 'dark', width: 1_600, height: 900 },
] as const;

const ORIGIN = 'https://pages.example';
const rows = problemsOf(await loadRegistry());
const SERVICE = 'Payouts';
const entries = [...rows].map(([code, row]) => problemEntry(code, row, { prefix: 'payouts', base: '' }));

/** The problem whose name is the longest word of all. */
const { code: LONGEST } = entries.reduce((one, other) => (other.code.length > one.code.length ? other : one));

const ROUTE = '/operations/{operationId}';

/** The kinds of pages that the service serves, and the page that `npm run operation -- show ID --html FILE` writes. */
const PAGES = [
  '/docs#/operations/operations.get',
  '/docs/states',
  '/docs/versions',
  '/problems',
  `/problems/${LONGEST}`,
  '/operation.html',
];

/** The document with one route alone and two of its answers: others look the same, and take many times as long to look at. */
function small(text: string): string {
  const document: OpenApiDocument = JSON.parse(text);
  const { get = {} } = document.paths[ROUTE] ?? {};
  const { 200: ok, 404: refused } = nodeOf(get.responses);
  return JSON.stringify({
    ...document,
    paths: { [ROUTE]: { get: { ...get, responses: { 200: ok, 404: refused } } } },
  });
}

const html = (text: string, headers = PAGE_HEADERS): SiteFile => ({ headers, text });

/** What is where, as the service serves it. */
async function files(): Promise<ReadonlyMap<string, SiteFile>> {
  const { site } = await synthesizeLocal({ jwksUri: '', partnersUrl: '' });
  const docs = Object.entries(site).map(([name, file]) => [`/docs/${name}`, file] as const);
  const told = explain(caseOf({}, noted(CLAIMED, { step: 'transfer', attempt: 1, told: 'unknown' })), NOW);
  const place = { service: SERVICE, base: '..' };
  return new Map([
    ...docs,
    ['/docs', site.docs ?? html('')],
    ['/openapi.json', html(small(site['openapi.json']?.text ?? ''), { 'Content-Type': 'application/json' })],
    ['/problems', html(problemsPage(entries, { service: SERVICE, base: '.' }))],
    ...entries.map((entry) => [`/problems/${entry.code}`, html(problemPage(entry, place))] as const),
    // A file that is opened has no headers.
    [
      '/operation.html',
      html(asHtml(told, site['style.css']?.text ?? '', SERVICE), {
        'Content-Type': 'text/html; charset=utf-8',
      }),
    ],
  ]);
}

/** What the page has written to its console, faults with its Content-Security-Policy among it. */
const said: string[] = [];

let axe: string;
let browser: Browser;
let page: Page;
beforeAll(async () => {
  axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  const served = await files();
  // As root, chromium runs without its sandbox alone; it sees nothing but these pages.
  const args = ['--no-sandbox', '--disable-gpu', '--disable-software-rasterizer', '--in-process-gpu'];
  browser = await chromium.launch({ executablePath: chromiumPath(), args });
  // One page for all, since each new one starts a process.
  page = await browser.newPage();
  await page.route('**', (route) => {
    const { text = '', headers = {} } = served.get(new URL(route.request().url()).pathname) ?? {};
    return route.fulfill({ status: text === '' ? 404 : 200, headers, body: text });
  });
  page.on('console', (message) => said.push(message.text()));
});
afterAll(() => browser?.close());

/** What is wrong with the page as it is shown now. */
async function faults(): Promise<readonly string[]> {
  const { violations } = await page.evaluate<AxeResults>(`axe.run(${JSON.stringify(RULES)})`);
  return violations.flatMap(({ help, nodes }) =>
    nodes.map(({ html: part, failureSummary }) => `${help}: ${part} ${failureSummary}`),
  );
}

/** Shows the page on another screen, its colours included, some of which change by and by. */
async function showOn({ colorScheme, ...size }: (typeof SCREENS)[number]): Promise<void> {
  await page.setViewportSize(size);
  await page.emulateMedia({ colorScheme });
  await page.evaluate(`new Promise(requestAnimationFrame).then(() =>
    Promise.allSettled(document.getAnimations().map(({ finished }) => finished)))`);
}

test.each(PAGES)(
  'everybody can read %s, by day on a narrow screen and at night on a wide one',
  async (path) => {
    said.length = 0;
    await page.goto(ORIGIN + path);
    await page
      .locator(path.includes('#') ? '.opblock.is-open .opblock-body' : 'h1')
      .first()
      .waitFor();
    await page.evaluate(axe);

    const seen = [];
    for (const screen of SCREENS) {
      await showOn(screen);
      const width = await page.evaluate<number>('document.documentElement.scrollWidth');
      seen.push({ fits: width <= screen.width, faults: await faults() });
    }
    const titles = await page.locator('h1').count();
    const headings = await page.locator('h1, h2').allTextContents();

    expect(seen).toEqual(SCREENS.map(() => ({ fits: true, faults: [] })));
    expect(titles).toBe(1);
    expect(headings).toEqual([...new Set(headings)]);
    expect(said).toEqual([]);
  },
);
