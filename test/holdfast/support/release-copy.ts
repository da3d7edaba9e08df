import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { mintToken } from '../../../lib/holdfast/local/issuer.ts';
import { ROOT } from '../../../lib/holdfast/service/project.ts';
import { ending } from './ending.ts';

const run = promisify(execFile);

/** The repository as a release had it, with the packages of now. */
export interface ReleaseCopy {
  readonly version: string;
  readonly root: string;
  remove(): Promise<void>;
}

/**
 * The last release before this one, whose tokens are good here and the other way round; undefined where its commit is not
 * here: a shallow clone has none but the last, and an archive has none at all.
 */
export async function copyOfReleaseBefore(): Promise<ReleaseCopy | undefined> {
  const json = async (path: string) => JSON.parse(await readFile(join(ROOT, path), 'utf8'));
  const { version: now }: { version: string } = await json('package.json');
  const all: readonly { version: string; commit: string }[] = await json('test/releases.json');
  const last = all.filter(({ version }) => version !== now).at(-1);
  if (last === undefined) return undefined;
  const { version, commit } = last;
  const isHere = await run('git', ['cat-file', '-e', `${commit}^{commit}`], { cwd: ROOT }).then(
    () => true,
    () => false,
  );
  if (!isHere) return undefined;
  const root = await mkdtemp(join(tmpdir(), 'holdfast-before-'));
  const remove = ending(() => rm(root, { recursive: true, force: true }));
  const archive = `git archive ${commit} bin lib functions cdk.json package.json tsconfig.json`;
  await run('sh', ['-c', `${archive} | tar -x -C ${root}`], { cwd: ROOT });
  await symlink(join(ROOT, 'node_modules'), join(root, 'node_modules'));
  await mintToken({ tenant: 'copy', subject: 'copy', scopes: '' });
  await mkdir(join(root, '.holdfast'));
  await cp(join(ROOT, '.holdfast/issuer.json'), join(root, '.holdfast/issuer.json'));
  return { version, root, remove };
}
