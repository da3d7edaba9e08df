import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { commandOfPackage, neededCommand } from '../../../lib/holdfast/service/packages.ts';

let root: string;
beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'holdfast-packages-')));
});
afterEach(() => rm(root, { recursive: true, force: true }));

/** Puts a package into a folder, as npm would. */
async function install(folder: string, name: string, manifest: object): Promise<void> {
  const file = join(root, folder, 'node_modules', name, 'package.json');
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify({ name, ...manifest }));
}

describe('a command of a package that a project has', () => {
  const member = () => join(root, 'services/orders');

  test('is found in the project, and in a workspace above it', async () => {
    await install('.', 'aws-cdk', { bin: { cdk: 'bin/cdk' } });

    expect(commandOfPackage(root, 'aws-cdk', 'cdk')).toBe(join(root, 'node_modules/aws-cdk/bin/cdk'));
    expect(commandOfPackage(member(), 'aws-cdk', 'cdk')).toBe(join(root, 'node_modules/aws-cdk/bin/cdk'));
  });

  test('is that of the project where the workspace has another', async () => {
    await install('.', 'jest', { bin: 'bin/jest.js' });
    await install('services/orders', 'jest', { bin: './other.js' });

    expect(commandOfPackage(member(), 'jest')).toBe(join(member(), 'node_modules/jest/other.js'));
  });

  test('is none where the package has no such command, or is nowhere', async () => {
    await install('.', 'jest', { bin: { other: './other.js' } });

    expect(commandOfPackage(root, 'jest')).toBeUndefined();
    expect(commandOfPackage(root, 'aws-cdk', 'cdk')).toBeUndefined();
  });

  test('that is needed and missing is asked for by the name of its package', () => {
    expect(() => neededCommand(root, 'aws-cdk', 'cdk')).toThrow(
      `${root} has no package 'aws-cdk', nor has a folder above it; run: npm i -D aws-cdk`,
    );
  });
});
