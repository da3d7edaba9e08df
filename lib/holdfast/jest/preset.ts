/** Jest's settings for a project: `"jest": { "preset": "holdfast" }` in its package.json. */

import { extname, join } from 'node:path';

export default {
  testEnvironment: 'node',
  // All that a partner may answer takes five seconds on a busy machine, which is Jest's own bound.
  testTimeout: 60_000,
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': join(import.meta.dirname, `transform${extname(import.meta.filename)}`) },
  // What the bundler hands a function of its service, which a partner's adapter is tried without.
  moduleNameMapper: { '^@service$': '<rootDir>/lib/service.ts' },
  modulePathIgnorePatterns: ['<rootDir>/cdk.out', '<rootDir>/.holdfast'],
};
