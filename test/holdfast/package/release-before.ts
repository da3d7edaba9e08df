import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { REPOSITORY } from './root.ts';

const run = promisify(execFile);

/** A release, and the commit that it was built from. */
export interface Release {
  readonly version: string;
  readonly commit: string;
}

/** All of them, in their order. */
export const releases: readonly Release[] = JSON.parse(
  await readFile(join(REPOSITORY, 'test/releases.json'), 'utf8'),
);

/** Whether a commit is here: a shallow clone has none but the last, and an archive has none at all. */
export const hasCommit = (commit: string): Promise<boolean> =>
  run('git', ['cat-file', '-e', `${commit}^{commit}`], { cwd: REPOSITORY }).then(
    () => true,
    () => false,
  );

/** The last release, from which projects are brought to the source as it is now; none where its commit is not here. */
export async function releaseBefore(): Promise<Release | undefined> {
  const last = releases.at(-1);
  return last !== undefined && (await hasCommit(last.commit)) ? last : undefined;
}
