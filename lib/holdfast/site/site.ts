import { createHash } from 'node:crypto';
import { PAGE_HEADERS } from '../core/problems/page.ts';
import type { Site, SiteFile } from '../core/site-file.ts';
import { ANY_STAGE, type OfStage, openApiDocument, versionsOf } from '../openapi/document.ts';
import type { Registry } from '../service/registry.ts';
import { referenceAssets, referencePage } from './reference.ts';
import { statesPage } from './states-page.ts';
import { styleSheet } from './style-sheet.ts';
import { documentName, versionsPage } from './versions-page.ts';

/**
 * The documentation of a stage: a function of the definitions and of its settings alone.
 * @param stage @default one without settings of its own
 */
export async function buildSite(registry: Registry, stage: OfStage = ANY_STAGE): Promise<Site> {
  const of = stage.service;
  const assets = await referenceAssets();
  const document = (version: string) =>
    file({ 'Content-Type': 'application/json' }, JSON.stringify(openApiDocument(registry, version, stage)));
  return {
    'openapi.json': document(of.apiVersion),
    ...Object.fromEntries(versionsOf(registry).all.map(({ date }) => [documentName(date), document(date)])),
    versions: file(PAGE_HEADERS, versionsPage(registry, of)),
    docs: file(PAGE_HEADERS, referencePage(Object.keys(assets), of.title)),
    states: file(PAGE_HEADERS, await statesPage(registry, of.title)),
    'style.css': file({ 'Content-Type': 'text/css' }, await styleSheet()),
    ...Object.fromEntries(Object.entries(assets).map(([name, text]) => [name, asset(name, text)])),
  };
}

/** What a browser asks for again each time, which a 304 makes cheap. */
function file(headers: Readonly<Record<string, string>>, text: string, cache = 'public, no-cache'): SiteFile {
  const digest = createHash('sha256').update(text).digest('base64url').slice(0, 16);
  return { headers: { ...headers, ETag: `"${digest}"`, 'Cache-Control': cache }, text };
}

/** What a browser keeps for good, since its name changes with its text. */
const asset = (name: string, text: string): SiteFile =>
  file(
    { 'Content-Type': name.endsWith('.css') ? 'text/css' : 'text/javascript' },
    text,
    'public, max-age=31536000, immutable',
  );
