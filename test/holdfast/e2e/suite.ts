import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { ROOT } from '../../../lib/holdfast/service/project.ts';
import { type Command, CommandError } from '../support/command.ts';
import type { Deployed } from './deployment.ts';

/** How the contract suite is run. */
export interface SuiteOptions {
  readonly command: Command;
  readonly service: Pick<Deployed, 'url'> & Partial<Deployed>;
  /** What the full names of the tests that are left out are matched by. */
  readonly skipped: readonly RegExp[];
  /** A temporary folder. */
  readonly folder: string;
  /** Of the project whose suite it is. @default this repository */
  readonly root?: string;
  /** What the paths of its test files are matched by. @default all of the suite */
  readonly files?: string;
  /** Prints a token for `--tenant`, `--subject`, `--scopes` and `--expires-in`. @default the local issuer's */
  readonly tokenCommand?: string;
  /** Of its simulated partners, which refuse when the suite tells them to. @default it has none */
  readonly partnersUrl?: string;
  /** In lower case: what a gateway adds to every answer, and the document does not name. @default nothing */
  readonly addedHeaders?: readonly string[];
  /** Sends no more, by one test after another. @default as many as come */
  readonly requestsPerSecond?: number;
}

/** A test and what came of it. */
interface Result {
  readonly fullName: string;
  readonly status: string;
  readonly failureMessages: readonly string[];
}

/** A test that is known to fail, and how. */
export interface KnownFailure {
  /** Full name. */
  readonly name: string;
  /** What the failure shows, so that another is not taken for it. */
  readonly shows: RegExp;
}

/**
 * Runs the contract suite against a service.
 * @returns how many tests have passed
 * @throws CommandError with jest's output when a test fails; Error when one that was to be left out is not there
 */
export async function runContractSuite(options: SuiteOptions): Promise<number> {
  const { skipped } = options;
  const results = await resultsOf(options);
  const left = results.filter(({ status }) => status !== 'passed').map(({ fullName }) => fullName);
  const strange =
    left.find((name) => !skipped.some((each) => each.test(name))) ??
    skipped.find((each) => !left.some((name) => each.test(name)))?.source;
  if (strange !== undefined)
    throw new Error(`'${strange}' is not as test/holdfast/e2e/skips.ts has it; mend the name there`);
  return results.length - left.length;
}

/**
 * Runs the whole contract suite against a service on which some tests are known to fail.
 * @returns how many tests have passed
 * @throws Error that names every test that fails and is not known to, that fails otherwise than is known, or that is
 *   known to fail and passes
 */
export async function runDifferingSuite(
  options: Omit<SuiteOptions, 'skipped'>,
  known: readonly KnownFailure[],
): Promise<number> {
  let output = '';
  const results = await resultsOf({ ...options, skipped: [] }, (failure) => {
    output = failure.message;
  });
  const failed = results.filter(({ status }) => status !== 'passed');
  const strange = differenceOf(
    known.map(({ name }) => name),
    failed.map(({ fullName }) => fullName),
  ).map((name) =>
    known.some((each) => each.name === name)
      ? `is known to fail, and did not: ${name}`
      : `fails, and is not known to: ${name}`,
  );
  const otherwise = known
    .filter(({ name, shows }) => failed.some((each) => each.fullName === name && !showsIt(each, shows)))
    .map(({ name, shows }) => `fails, and shows no ${shows}: ${name}`);
  if (strange.length + otherwise.length > 0) throw new Error([output, ...strange, ...otherwise].join('\n'));
  return results.length - failed.length;
}

const showsIt = ({ failureMessages }: Result, shows: RegExp): boolean =>
  shows.test(stripVTControlCharacters(failureMessages.join('\n')));

/** What is in one of them only. */
const differenceOf = (some: readonly string[], others: readonly string[]): readonly string[] => [
  ...some.filter((name) => !others.includes(name)),
  ...others.filter((name) => !some.includes(name)),
];

/** @param failing is told of failing tests. @default they are thrown */
async function resultsOf(
  {
    command,
    service,
    skipped,
    folder,
    tokenCommand,
    requestsPerSecond,
    addedHeaders,
    partnersUrl,
    root = ROOT,
    files = 'test/(holdfast/)?contract[./]',
  }: SuiteOptions,
  failing?: (error: CommandError) => void,
): Promise<readonly Result[]> {
  const output = join(folder, 'contract.json');
  const suite = command(
    join(root, 'node_modules/.bin/jest'),
    [
      ...(root === ROOT ? ['--selectProjects=contract'] : []),
      '--ci',
      ...(requestsPerSecond === undefined ? [] : ['--maxWorkers=1']),
      '--json',
      `--outputFile=${output}`,
      `--testNamePattern=${except(skipped)}`,
      files,
    ],
    {
      cwd: root,
      env: {
        NODE_OPTIONS: '--experimental-vm-modules --no-warnings',
        BASE_URL: service.url,
        ...(service.basePath !== undefined && { BASE_PATH: service.basePath }),
        ...(partnersUrl !== undefined && { PARTNERS_URL: partnersUrl }),
        ...(addedHeaders !== undefined && { ADDED_HEADERS: addedHeaders.join(',') }),
        ...(tokenCommand !== undefined && { TOKEN_COMMAND: tokenCommand }),
        ...(requestsPerSecond !== undefined && { REQUESTS_PER_SECOND: String(requestsPerSecond) }),
      },
    },
  );
  await suite.catch((error: unknown) => {
    if (failing === undefined || !(error instanceof CommandError)) throw error;
    failing(error);
  });
  const { testResults } = JSON.parse(await readFile(output, 'utf8')) as {
    testResults: readonly { readonly assertionResults: readonly Result[] }[];
  };
  // What is said to be tried by nobody is not left out here alone.
  return testResults.flatMap(({ assertionResults }) =>
    assertionResults.filter(({ status }) => status !== 'todo'),
  );
}

/** Matches every name but these. */
const except = (names: readonly RegExp[]): string =>
  names.length === 0 ? '' : `^(?!.*(?:${names.map(({ source }) => source).join('|')}))`;
