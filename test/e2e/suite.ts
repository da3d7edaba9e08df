import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../../lib/root.ts';
import type { Command } from '../support/command.ts';
import type { Deployed } from './deployment.ts';

/** How the contract suite is run. */
export interface SuiteOptions {
  readonly command: Command;
  readonly service: Pick<Deployed, 'url'> & Partial<Deployed>;
  /** Full names of the tests that are left out. */
  readonly skipped: readonly string[];
  /** A temporary folder. */
  readonly folder: string;
  /** Prints a token for `--tenant`, `--subject`, `--scopes` and `--expires-in`. @default the local issuer's */
  readonly tokenCommand?: string;
}

interface Report {
  readonly numPassedTests: number;
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

/**
 * Runs the contract suite against a service.
 * @returns how many tests have passed
 * @throws CommandError with jest's output when a test fails; Error when one that was to be left out is not there
 */
export async function runContractSuite(options: SuiteOptions): Promise<number> {
  const { command, service, skipped, folder, tokenCommand } = options;
  const output = join(folder, 'contract.json');
  await command(
    join(ROOT, 'node_modules/.bin/jest'),
    [
      '--selectProjects=contract',
      '--ci',
      '--json',
      `--outputFile=${output}`,
      `--testNamePattern=${except(skipped)}`,
      'test/contract/',
    ],
    {
      env: {
        NODE_OPTIONS: '--experimental-vm-modules --no-warnings',
        BASE_URL: service.url,
        ...(service.basePath !== undefined && { BASE_PATH: service.basePath }),
        ...(tokenCommand !== undefined && { TOKEN_COMMAND: tokenCommand }),
      },
    },
  );
  const { numPassedTests, testResults }: Report = JSON.parse(await readFile(output, 'utf8'));
  const left = testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status !== 'passed')
    .map(({ fullName }) => fullName);
  const [strange] = [
    ...skipped.filter((name) => !left.includes(name)),
    ...left.filter((name) => !skipped.includes(name)),
  ];
  if (strange !== undefined)
    throw new Error(`'${strange}' is not as test/e2e/skips.ts has it; mend the name there`);
  return numPassedTests;
}

/** Matches every name but these. */
const except = (names: readonly string[]): string =>
  names.length === 0
    ? ''
    : `^(?!(?:${names.map((name) => name.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')).join('|')})$)`;
