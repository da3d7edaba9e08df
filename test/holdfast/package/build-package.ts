import { execFileSync } from 'node:child_process';
import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transform } from 'esbuild';
import { type Manifest, packageManifest } from './manifest.ts';
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
  await leaveCommentsOut();
  const manifest: Manifest = await readJson('package.json');
  await keepDeclarations(Object.values(manifest.exports));
  const assets = join(DIST, 'site/assets');
  await cp(join(REPOSITORY, 'lib/holdfast/site/assets'), assets, { recursive: true });
  for (const name of SWAGGER_UI) {
    const to = name.startsWith('swagger-ui') ? name : `swagger-ui.${name}`;
    await cp(fileURLToPath(import.meta.resolve(`swagger-ui-dist/${name}`)), join(assets, to));
  }
  for (const name of ['LICENSE', 'README.md']) await cp(join(REPOSITORY, name), join(DIST, name));
  const { compilerOptions } = await readJson('tsconfig.json');
  await writeJson('tsconfig.json', { compilerOptions });
  await writeJson('package.json', await packageManifest(manifest, DIST));
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

/** What comments tell a team is in the declarations; in what runs they would be a quarter of the package. */
async function leaveCommentsOut(): Promise<void> {
  for (const file of await readdir(DIST, { recursive: true })) {
    if (!file.endsWith('.js')) continue;
    const path = join(DIST, file);
    const { code } = await transform(await readFile(path, 'utf8'), {
      target: 'esnext',
      legalComments: 'inline',
    });
    await writeFile(path, code);
  }
}

/** Removes the declarations that no entry leads to: what nobody can import has no types to tell. */
async function keepDeclarations(entries: readonly string[]): Promise<void> {
  const kept = new Set<string>();
  const keep = async (file: string): Promise<void> => {
    if (kept.has(file)) return;
    kept.add(file);
    const text = await readFile(file, 'utf8');
    const named = [...text.matchAll(/["'](\.\.?\/[^"'\n]+)\.js["']/g)].map(([, path = '']) => path);
    for (const path of named) await keep(`${join(dirname(file), path)}.d.ts`);
  };
  for (const entry of entries.filter((file) => file.endsWith('.ts')))
    await keep(join(DIST, entry.replace('lib/holdfast/', '').replace(/\.ts$/, '.d.ts')));
  for (const file of await readdir(DIST, { recursive: true }))
    if (file.endsWith('.d.ts') && !kept.has(join(DIST, file))) await rm(join(DIST, file));
}

const readJson = async (file: string) => JSON.parse(await readFile(join(REPOSITORY, file), 'utf8'));

const writeJson = (file: string, content: object) =>
  writeFile(join(DIST, file), `${JSON.stringify(content, null, 2)}\n`);
