import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { codeOf } from '../core/values/error-code.ts';

/**
 * The file of a package's command, to be run by Node. It is looked for as Node looks for the package from the root of a
 * project: in a workspace npm puts most packages into a folder above.
 * @returns undefined where the project has no such package
 */
export function commandOfPackage(root: string, name: string, command = name): string | undefined {
  const manifest = manifestOf(root, name);
  if (manifest === undefined) return undefined;
  const { bin }: { bin?: string | Record<string, string> } = JSON.parse(readFileSync(manifest, 'utf8'));
  const file = typeof bin === 'string' ? bin : bin?.[command];
  return file === undefined ? undefined : join(dirname(manifest), file);
}

/** @throws Error with the remedy, where the project has no such package */
export function neededCommand(root: string, name: string, command = name): string {
  const file = commandOfPackage(root, name, command);
  if (file !== undefined) return file;
  throw new Error(`${root} has no package '${name}', nor has a folder above it; run: npm i -D ${name}`);
}

function manifestOf(root: string, name: string): string | undefined {
  try {
    return createRequire(join(root, 'package.json')).resolve(`${name}/package.json`);
  } catch (error) {
    if (codeOf(error) === 'MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}

/** The nearest file of this name, from a folder upwards; undefined where there is none. */
export function nearest(folder: string, file: string): string | undefined {
  const here = join(folder, file);
  if (existsSync(here)) return here;
  return dirname(folder) === folder ? undefined : nearest(dirname(folder), file);
}
