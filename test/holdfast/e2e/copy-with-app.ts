import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../../../lib/holdfast/service/project.ts';
import { type Copy, copyRepository } from '../support/copy.ts';

/** A copy of the repository that can be deployed to an emulated account. */
export async function copyWithApp(): Promise<Copy> {
  const copy = await copyRepository();
  const app = 'test/holdfast/e2e/app.ts';
  await cp(join(ROOT, app), join(copy.root, app));
  return copy;
}
