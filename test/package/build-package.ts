import { execFileSync } from 'node:child_process';
import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packageManifest } from './manifest.ts';
import { DIST, REPOSITORY } from './root.ts';

/** What Swagger UI asks those who pass it on to pass on too, besides what pages load. */
const SWAGGER_UI = [
  'swagger-ui.css',
  'swagger-ui-bundle.js',
  'swagger-ui-bundle.js.LICENSE.txt',
  'LICENSE',
  'NOTICE',
];

/** Builds the package in `dist`, as `npm pack ./dist` takes it. */
export async function buildPackage(): Promise<void> {
  await rm(DIST, { recursive: true, force: true });
  execFileSync('tsc', ['-p', join(import.meta.dirname, 'tsconfig.json')], {
    cwd: REPOSITORY,
    stdio: 'inherit',
  });
  await nameDeclarations();
  const assets = join(DIST, 'site/assets');
  await cp(join(REPOSITORY, 'lib/holdfast/site/assets'), assets, { recursive: true });
  for (const name of SWAGGER_UI) {
    const to = name.startsWith('swagger-ui') ? name : `swagger-ui.${name}`;
    await cp(fileURLToPath(import.meta.resolve(`swagger-ui-dist/${name}`)), join(assets, to));
  }
  for (const name of ['LICENSE', 'README.md']) await cp(join(REPOSITORY, name), join(DIST, name));
  const { compilerOptions } = await readJson('tsconfig.json');
  await writeJson('tsconfig.json', { compilerOptions });
  await writeJson('package.json', await packageManifest(await readJson('package.json'), DIST));
}

/** Declarations keep the names that sources have (https://github.com/microsoft/TypeScript/issues/61037). */
async function nameDeclarations(): Promise<void> {
  for (const file of await readdir(DIST, { recursive: true })) {
    if (!file.endsWith('.d.ts')) continue;
    const path = join(DIST, file);
    const text = await readFile(path, 'utf8');
    await writeFile(path, text.replaceAll(/(["'])(\.\.?\/[^"'\n]+)\.ts\1/g, '$1$2.js$1'));
  }
}

const readJson = async (file: string) => JSON.parse(await readFile(join(REPOSITORY, file), 'utf8'));

const writeJson = (file: string, content: object) =>
  writeFile(join(DIST, file), `${JSON.stringify(content, null, 2)}\n`);
