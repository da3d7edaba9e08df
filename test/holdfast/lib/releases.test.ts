import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { ROOT } from '../../../lib/holdfast/service/project.ts';

const git = async (...args: string[]) =>
  (await promisify(execFile)('git', args, { cwd: ROOT })).stdout.trim();

const releases: readonly { version: string; commit: string }[] = JSON.parse(
  await readFile(join(ROOT, 'test/releases.json'), 'utf8'),
);

// A shallow clone, or an archive, has no history to look into.
const shallow = await git('rev-parse', '--is-shallow-repository').catch(() => 'true');
const withHistory = shallow === 'false' ? test : test.skip;

withHistory.each(releases)(
  'release $version is built from the commit that says so',
  async ({ version, commit }) => {
    const { version: said } = JSON.parse(await git('show', `${commit}:package.json`));

    expect(said).toBe(version);
  },
);

withHistory('releases are in their order, each an ancestor of the next and of what is here', async () => {
  const commits = [...releases.map(({ commit }) => commit), 'HEAD'];
  const bases = await Promise.all(
    commits.slice(1).map((later, i) => git('merge-base', String(commits[i]), later)),
  );

  expect(bases).toEqual(commits.slice(0, -1));
});
