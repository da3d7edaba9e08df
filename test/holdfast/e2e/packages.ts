import { join } from 'node:path';
import type { PythonNeed } from '../support/python.ts';

/** ministack and cfn-lint, pinned; with cryptography, ministack signs tokens of a user pool by a key as long as AWS's. */
export const EMULATOR_PACKAGES: PythonNeed = {
  command: 'npm run e2e',
  purpose: 'the AWS emulator',
  requirements: join(import.meta.dirname, 'requirements.txt'),
  folder: 'python',
};
