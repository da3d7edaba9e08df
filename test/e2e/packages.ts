import { join } from 'node:path';
import type { PythonNeed } from '../support/python.ts';

/** ministack and cfn-lint, pinned. */
export const EMULATOR_PACKAGES: PythonNeed = {
  command: 'npm run e2e',
  purpose: 'the AWS emulator',
  requirements: join(import.meta.dirname, 'requirements.txt'),
  folder: 'python',
};
