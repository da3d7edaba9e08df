import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { page } from '../core/problems/page.ts';

const asset = (name: string) => join(import.meta.dirname, 'assets', name);

/** The package brings it along, and spares a project the rest of Swagger UI: the build copies what the sources take from there. */
const swaggerUi = (name: string) =>
  existsSync(asset(name)) ? asset(name) : fileURLToPath(import.meta.resolve(`swagger-ui-dist/${name}`));

/**
 * Swagger UI, of the renderers that were tried the one that a strict Content-Security-Policy has no fault to find with:
 * Redoc and RapiDoc write inline styles, and Scalar is twice its size.
 */
const FILES = [swaggerUi('swagger-ui.css'), swaggerUi('swagger-ui-bundle.js'), asset('reference.js')];

/** What the reference page loads, by names that change with the text. */
export async function referenceAssets(): Promise<Readonly<Record<string, string>>> {
  const texts = await Promise.all(FILES.map((path) => readFile(path, 'utf8')));
  return Object.fromEntries(texts.map((text, i) => [hashed(FILES[i] ?? '', text), text]));
}

function hashed(path: string, text: string): string {
  const digest = createHash('sha256').update(text).digest('hex').slice(0, 8);
  const [name = ''] = path.split(/[\\/]/).slice(-1);
  return `${name.slice(0, -extname(name).length)}-${digest}${extname(name)}`;
}

/** `GET /docs`: the contract, to read and to try. */
export const referencePage = (assets: readonly string[], service: string): string =>
  page({
    service,
    title: 'Reference',
    base: '.',
    main: '<div id="reference"></div><noscript>The reference needs JavaScript; openapi.json does not.</noscript>',
    styles: assets.filter((name) => name.endsWith('.css')),
    scripts: assets.filter((name) => name.endsWith('.js')),
  });
