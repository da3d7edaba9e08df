import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

/** What package.json of this repository says, as far as the package takes it over. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly exports: Readonly<Record<string, string>>;
  readonly bin: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly optionalDependencies: Readonly<Record<string, string>>;
  readonly [other: string]: unknown;
}

/** Their values cross the border between a project and the kit: a second copy would be other classes and other types. */
const PEERS = ['aws-cdk-lib', 'constructs', 'zod'];

/** What some commands and entries run, and a project may do without. */
const OPTIONAL_PEERS = ['@jest/globals', 'aws-cdk', 'jest'];

/** What is said of the package as of this repository. */
const TAKEN_OVER = ['name', 'version', 'private', 'description', 'license', 'type', 'sideEffects', 'engines'];

/** package.json of the package, whose built files are in this folder. */
export async function packageManifest(repository: Manifest, dist: string): Promise<object> {
  const versions = { ...repository.devDependencies, ...repository.dependencies };
  const version = (name: string): string => {
    const found = versions[name];
    if (found === undefined) throw new Error(`the kit imports '${name}', which package.json does not have`);
    return found;
  };
  const imported = await packagesIn(dist, '.js');
  const dependencies = imported.filter((name) => ![...PEERS, ...OPTIONAL_PEERS].includes(name));
  return {
    ...Object.fromEntries(TAKEN_OVER.map((key) => [key, repository[key]])),
    exports: Object.fromEntries(
      Object.entries(repository.exports).map(([entry, file]) => [entry, targetOf(built(file))]),
    ),
    bin: Object.fromEntries(Object.entries(repository.bin).map(([name, file]) => [name, built(file)])),
    dependencies: Object.fromEntries(dependencies.map((name) => [name, version(name)])),
    optionalDependencies: repository.optionalDependencies,
    peerDependencies: Object.fromEntries(
      [...PEERS, ...OPTIONAL_PEERS].map((name) => [name, `^${version(name)}`]),
    ),
    peerDependenciesMeta: Object.fromEntries(OPTIONAL_PEERS.map((name) => [name, { optional: true }])),
  };
}

/** `./lib/holdfast/cdk/index.ts` is `./cdk/index.js` in the package. */
const built = (file: string) => file.replace('./lib/holdfast/', './').replace(/\.ts$/, '.js');

const targetOf = (file: string) =>
  file.endsWith('.js') ? { types: file.replace(/\.js$/, '.d.ts'), default: file } : file;

/** Names of the packages that the files of a folder import, in their order. */
export async function packagesIn(folder: string, extension: string): Promise<readonly string[]> {
  const files = await readdir(folder, { recursive: true });
  const { metafile } = await build({
    entryPoints: files.filter((file) => file.endsWith(extension)).map((file) => join(folder, file)),
    outdir: folder,
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'error',
  });
  const imports = Object.values(metafile.inputs).flatMap((input) => input.imports);
  const packages = imports
    .filter(({ external, path }) => external === true && !/^(node:|@[a-z]+$)/.test(path))
    .map(({ path }) => /^(@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? path);
  return [...new Set(packages)].sort();
}
