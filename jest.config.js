import { tmpdir } from 'node:os';
import { join } from 'node:path';

// Pact's library would tell its makers of each run; tests reach no network but loopback.
process.env.PACT_DO_NOT_TRACK = 'true';
// Validating whole templates takes two thirds of a synthesis: `test/holdfast/lib/nag.test.ts` and `npm run synth` do it.
process.env.CDK_VALIDATION ??= 'false';
// Where this run remembers the processes that it has started, so that it can end what a failed test has left.
process.env.HOLDFAST_PROCESSES = join(tmpdir(), `holdfast-processes-${process.pid}`);
// Where Node.js keeps the modules that it has compiled: tests start hundreds of processes, and a command then takes a third
// of the time. It goes with the run, so no test depends on an earlier one.
process.env.NODE_COMPILE_CACHE ??= join(process.env.HOLDFAST_PROCESSES, 'compiled');

const shared = {
  testEnvironment: '<rootDir>/test/holdfast/support/environment.ts',
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2024', parser: { syntax: 'typescript' } }, module: { type: 'es6' } },
    ],
  },
  // Where a function runs in a test's own process, these are its operations, versions and credentials.
  moduleNameMapper: {
    '^@(operations|versions|credentials|service)$': '<rootDir>/test/holdfast/support/registered-$1.ts',
  },
  modulePathIgnorePatterns: ['cdk.out', '.holdfast', 'dist', 'dist-create'].map(
    (name) => `<rootDir>/${name}/`,
  ),
};

/** Those of `test/holdfast/lib` that copy the repository, or start its commands, a browser or a cloud of their own. */
const COPIES = [
  'arrows',
  'capabilities',
  'client/client',
  'client/releases',
  'commands',
  'e2e',
  'failed-hooks',
  'frozen',
  'local/sam',
  'local/sam-command',
  'local/start',
  'record',
  'registry',
  'releases',
  'scale',
  'site/pages',
  'stack',
].map((name) => `<rootDir>/test/holdfast/lib/${name}.test.ts`);

/** Those of `test/holdfast/lib` that synthesize what no other test does: whole templates validated, or several deployments. */
const SYNTHESES = ['nag', 'release-plan', 'removed-routes', 'reserved-concurrency', 'stack-status'].map(
  (name) => `<rootDir>/test/holdfast/lib/${name}.test.ts`,
);

/** Those of `test/holdfast/lib` that share the local cloud of the contract. */
const [PAGE, VERSIONS, PROVOKE] = ['client/page', 'versions/local-versions', 'testing/provoke'].map(
  (name) => `<rootDir>/test/holdfast/lib/${name}.test.ts`,
);

/** One local cloud for all that can share it, in whichever project, unless BASE_URL names a service. */
const sharedCloud = {
  globalSetup: '<rootDir>/test/holdfast/contract/start.ts',
  globalTeardown: '<rootDir>/test/holdfast/contract/stop.ts',
};

/**
 * `npm test` runs `unit` and `contract`, `npm run test:all` every project. A new file belongs to the project of its
 * folder; a new folder belongs to one of these, or `test/holdfast/lib/tiers.test.ts` fails.
 */
const projects = {
  /** Starts no service. */
  unit: {
    testMatch: [
      '<rootDir>/test/{actions,partners}/**/*.test.ts',
      '<rootDir>/test/holdfast/{core,docs,lib,orders,runtime}/**/*.test.ts',
      '<rootDir>/test/holdfast/model/check*.test.ts',
      '<rootDir>/test/holdfast/spec/names.test.ts',
    ],
    testPathIgnorePatterns: ['/node_modules/', PAGE, VERSIONS, PROVOKE, ...SYNTHESES, ...COPIES],
  },
  /** What only some services use, each in the store of quick tests; the sample uses none of it. */
  capabilities: { testMatch: ['<rootDir>/test/holdfast/capabilities/**/*.test.ts'] },
  /** Runs against BASE_URL, or against the one local cloud that is started for all of it. */
  contract: {
    ...sharedCloud,
    testMatch: [
      '<rootDir>/test/contract.test.ts',
      '<rootDir>/test/holdfast/contract/**/*.test.ts',
      PAGE,
      VERSIONS,
    ],
  },
  /** Everything that can be provoked, which takes as long as the contract. */
  provoke: { ...sharedCloud, testMatch: [PROVOKE] },
  /** Each file has a cloud of its own, for faults on the wire, partners that fail, timings, or another release. */
  wire: { testMatch: ['<rootDir>/test/holdfast/{consumers,operations,wire}/**/*.test.ts'] },
  copies: { testMatch: COPIES },
  syntheses: { testMatch: SYNTHESES },
  /** Installs what `npm run build` makes of the kit from npm, and tries it as a team would. */
  package: { testMatch: ['<rootDir>/test/holdfast/package/**/*.test.ts'] },
  /** Samples of what `npm run prove` and `npm run bench` run at length. */
  proofs: {
    testMatch: [
      '<rootDir>/test/crash.test.ts',
      '<rootDir>/test/holdfast/{bench,crash,explore,fuzz,soak}/**/*.test.ts',
      '<rootDir>/test/holdfast/model/histories.test.ts',
      '<rootDir>/test/holdfast/spec/models.test.ts',
    ],
  },
};

export default {
  maxWorkers: 2,
  // The last resort: whatever waits in a test or a hook has a bound of its own, and says what it has waited for.
  testTimeout: 600_000,
  // With it, tests run in workers always: what a failed test keeps open goes with its worker, and the run ends.
  workerIdleMemoryLimit: '2GB',
  globalTeardown: '<rootDir>/test/holdfast/support/end-processes.ts',
  testSequencer: '<rootDir>/test/holdfast/support/longest-first.js',
  projects: Object.entries(projects).map(([displayName, project]) => ({
    ...shared,
    displayName,
    ...project,
  })),
};
