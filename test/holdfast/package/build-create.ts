import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import { dirname, join } from 'node:path';
import { COMMANDS } from '../../../lib/holdfast/cli/commands.ts';
import { type Manifest, packagesIn } from './manifest.ts';
import { DIST_CREATE, REPOSITORY } from './root.ts';

/** What a project has of this repository as it is, and what it has only with the sample. */
const TEMPLATE = ['bin', 'cdk.json', 'test/contract.test.ts', 'test/crash.test.ts'];
const SAMPLE = ['functions', 'test/actions', 'test/examples.ts'];

/** Commands that a project has no script for, since they are for few. */
const WITHOUT_SCRIPT = ['sam'];

const DEPENDENCIES = ['aws-cdk-lib', 'constructs', 'zod'];

/** `node` stays only where the machine's own cannot load TypeScript. */
const DEV_DEPENDENCIES = ['@jest/globals', '@types/node', 'aws-cdk', 'jest', 'node', 'typescript'];

/** Builds `create-holdfast` in `dist-create`: one file without dependencies, and what it copies. */
export async function buildCreate(): Promise<void> {
  await rm(DIST_CREATE, { recursive: true, force: true });
  const sample = join(DIST_CREATE, 'sample/files');
  const manifest: Manifest = JSON.parse(await source('package.json'));
  await copy(TEMPLATE, join(DIST_CREATE, 'template'));
  await copy(SAMPLE, sample);
  const service = once(
    await source('lib/service.ts'),
    / {2}\/\/ Recorded in .*\n {2}prefix: .*\n {2}title: .*\n/,
  );
  once(service, /name: 'payouts'/);
  await write('sample/files/lib/service.ts', service);
  await write(
    'template/lib/service.ts',
    once(service, / {2}\/\/ Until these are .*\n {2}partners: \{\n(?: {4}.*\n)+ {2}\},\n/),
  );
  await write('sample/dependencies.json', json(versions(manifest, await sampleDependencies(sample))));
  await write('template/package.json', json(projectManifest(manifest)));
  await write(
    'template/tsconfig.json',
    json({ extends: 'holdfast/tsconfig.json', include: ['bin', 'lib', 'functions', 'test'] }),
  );
  await write('template/gitignore', 'node_modules/\ncdk.out/\n.holdfast/\n');
  await write('create.js', stripTypeScriptTypes(await source('lib/create-holdfast/create.ts')));
  await write('LICENSE', await source('LICENSE'));
  const { version, license, type, engines } = manifest;
  await write(
    'package.json',
    json({
      name: 'create-holdfast',
      version,
      private: true,
      description: 'Starts a project with Holdfast',
      license,
      type,
      engines,
      bin: { 'create-holdfast': './create.js' },
    }),
  );
}

/** package.json of a project, its name apart. */
const projectManifest = (manifest: Manifest): object => ({
  name: '',
  private: true,
  type: 'module',
  scripts: {
    ...Object.fromEntries(
      COMMANDS.filter(({ name }) => !WITHOUT_SCRIPT.includes(name)).map(({ name }) => [
        name,
        `holdfast ${name}`,
      ]),
    ),
    'check:types': 'tsc',
    'check:record': 'holdfast record --check',
    test: 'holdfast-jest',
  },
  jest: { preset: 'holdfast' },
  allowScripts: { '@parcel/watcher': false, esbuild: false, node: true },
  dependencies: { ...versions(manifest, DEPENDENCIES), holdfast: manifest.version },
  devDependencies: versions(manifest, DEV_DEPENDENCIES),
});

const versions = ({ dependencies, devDependencies }: Manifest, names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, { ...devDependencies, ...dependencies }[name]]));

/** What the sample imports besides what every project has. */
async function sampleDependencies(folder: string): Promise<readonly string[]> {
  const imported = await packagesIn(folder, '.ts');
  return imported.filter((name) => ![...DEPENDENCIES, ...DEV_DEPENDENCIES, 'holdfast'].includes(name));
}

/** A text without the one place that is there for sure. */
function once(text: string, place: RegExp): string {
  if (!place.test(text)) throw new Error(`lib/service.ts holds nothing like ${place}`);
  return text.replace(place, '');
}

const source = (file: string) => readFile(join(REPOSITORY, file), 'utf8');

const json = (content: object) => `${JSON.stringify(content, null, 2)}\n`;

const copy = (parts: readonly string[], to: string) =>
  Promise.all(parts.map((part) => cp(join(REPOSITORY, part), join(to, part), { recursive: true })));

async function write(file: string, text: string): Promise<void> {
  const path = join(DIST_CREATE, file);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}
