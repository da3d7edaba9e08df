/** Jest's settings for a project: `export { default } from 'holdfast/jest'` in jest.config.js. */

import { extname, join } from 'node:path';

export default {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': join(import.meta.dirname, `transform${extname(import.meta.filename)}`) },
  modulePathIgnorePatterns: ['<rootDir>/cdk.out', '<rootDir>/.holdfast'],
};
