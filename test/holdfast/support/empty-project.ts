import { execFile } from 'node:child_process';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Copy, copyRepository } from './copy.ts';

const run = promisify(execFile);

/** Where the sample is, which a team removes, and what is not of it. */
const EMPTIED: Readonly<Record<string, (name: string) => boolean>> = {
  'functions/actions': () => false,
  'functions/operations': () => false,
  'functions/partners': () => false,
  'functions/versions': () => false,
  'functions/values': () => false,
  'lib/recorded/contract': (name) => !name.endsWith('.json'),
  test: (name) => name === 'support',
};

/** What a team's project needs of Jest, and nothing of this repository's. */
const CONFIG = `export default {
  testTimeout: 600_000,
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^@service$': '<rootDir>/lib/service.ts' },
  transform: {
    '^.+\\\\.ts$': ['@swc/jest', { jsc: { target: 'es2024', parser: { syntax: 'typescript' } }, module: { type: 'es6' } }],
  },
};
`;

/** A copy of the repository without the sample: a team's own project before its first definition. */
export async function emptyProject(): Promise<Copy> {
  const copy = await copyRepository(['biome.json', '.gitignore', 'test']);
  for (const [folder, isKept] of Object.entries(EMPTIED)) {
    const names = (await readdir(join(copy.root, folder))).filter((name) => !isKept(name));
    await Promise.all(names.map((name) => rm(join(copy.root, folder, name), { recursive: true })));
  }
  await copy.write('jest.config.js', CONFIG);
  return copy;
}

/** What a run of Jest has said, and whether all was well, which is 0. */
export interface JestRun {
  readonly code: number;
  readonly told: string;
}

/**
 * Runs one test file of a project with its own Jest.
 * @param named the tests of it. @default all
 */
export async function jestIn(
  { root }: Copy,
  file: string,
  { named = '', env: given = {} }: { readonly named?: string; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<JestRun> {
  const { BASE_URL: _, ...env } = process.env;
  const jest = ['node_modules/jest/bin/jest.js', file, '-t', named, '--ci', '--verbose'];
  const { code, stderr } = await run('node', ['--no-warnings', '--experimental-vm-modules', ...jest], {
    cwd: root,
    env: { ...env, NODE_OPTIONS: '', ...given },
    maxBuffer: 64 * 1024 * 1024,
  }).then(
    (done) => ({ code: 0, ...done }),
    (error: { code: number; stderr: string }) => error,
  );
  return { code, told: stderr };
}
