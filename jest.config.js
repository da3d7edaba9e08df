// Pact's library would tell its makers of each run; tests reach no network but loopback.
process.env.PACT_DO_NOT_TRACK = 'true';

// Validating whole templates takes two thirds of a synthesis: `test/lib/nag.test.ts` and `npm run synth` do it.
process.env.CDK_VALIDATION ??= 'false';

const shared = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2024', parser: { syntax: 'typescript' } }, module: { type: 'es6' } },
    ],
  },
  // Where a function runs in a test's own process, these are its operations and versions.
  moduleNameMapper: { '^@(operations|versions)$': '<rootDir>/test/support/registered-$1.ts' },
  modulePathIgnorePatterns: ['<rootDir>/cdk.out', '<rootDir>/.holdfast'],
};

/** `contract` is the black box: it runs against BASE_URL, or against a local cloud that it starts once. */
export default {
  // Each test file of the wire runs a whole service: one at a time, two cores are enough for its processes.
  maxWorkers: 1,
  testTimeout: 60_000,
  projects: [
    {
      ...shared,
      displayName: 'unit',
      testMatch: [
        // e2e deploys by its own command, and contract is a project of its own.
        '<rootDir>/test/!(e2e|contract)/**/*.test.ts',
      ],
    },
    {
      ...shared,
      displayName: 'contract',
      testMatch: ['<rootDir>/test/contract/**/*.test.ts'],
      globalSetup: '<rootDir>/test/contract/start.ts',
      globalTeardown: '<rootDir>/test/contract/stop.ts',
    },
  ],
};
