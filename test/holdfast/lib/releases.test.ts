import { execFile } from 'node:child_process';
import { mkdtemp, readFile, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import type { StackTemplate } from '../../../lib/holdfast/cdk/templates/templates.ts';
import { ROOT } from '../../../lib/holdfast/service/project.ts';
import { synthesize } from '../../../lib/holdfast/synthesis/synthesize.ts';
import { ending } from '../support/ending.ts';
import { templateDifferences } from '../support/template-differences.ts';

const run = promisify(execFile);

const git = async (...args: string[]) => (await run('git', args, { cwd: ROOT })).stdout.trim();

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

/** The last release before the kit was apart from its service. */
const UNNAMED = '0.3.0';

/** How a production stage was synthesized then. */
const SYNTHESIS = `import { buildService } from './lib/app.ts';
import { synthesizeTemplates } from './lib/templates.ts';
const { app } = await buildService({ stage: 'production', bundles: 'none', outdir: 'cdk.out' });
console.log(JSON.stringify(synthesizeTemplates(app)));`;

/** The templates that a commit made, with the packages of now. */
async function templatesOf(commit: string): Promise<readonly StackTemplate[]> {
  const root = await mkdtemp(join(tmpdir(), 'holdfast-release-'));
  const remove = ending(() => run('rm', ['-rf', root]));
  await run(
    'sh',
    ['-c', `git archive ${commit} bin lib functions cdk.json package.json | tar -x -C ${root}`],
    {
      cwd: ROOT,
    },
  );
  await symlink(join(ROOT, 'node_modules'), join(root, 'node_modules'));
  const args = ['--no-warnings', '--input-type=module', '--eval', SYNTHESIS];
  const options = { cwd: root, env: { ...process.env, CDK_VALIDATION: 'false' }, maxBuffer: 2 ** 26 };
  const { stdout } = await run(process.execPath, args, options);
  await remove();
  return JSON.parse(stdout);
}

/** What a deployment over that release changes in what is there, and why it may. */
const CHANGED: readonly { readonly place: RegExp; readonly because: string }[] = [
  { place: /\/AlarmDescription$/, because: 'descriptions are read by people alone' },
  {
    place: /^\S+ Dashboard\w+\/Properties\/DashboardBody\//,
    because: 'it shows who speaks which version too',
  },
  { place: /\/ApplicationLogLevel$/, because: 'Lambda has to pass what functions log below INFO' },
  {
    place: /\/Environment\/Variables\/.+ is gone$/,
    because: 'a function is given what its entry declares, where each was given all that any needs',
  },
  {
    place: /^holdfast-production-state IdentityPool\w+\/Properties\/DeletionProtection is gone$/,
    because: 'Cognito refuses to delete a pool with a domain, and could not take back a protected one',
  },
];

withHistory(
  `a service that keeps the prefix 'holdfast' is deployed over release ${UNNAMED} with every resource as it was, but for versions of functions and what is listed here`,
  async () => {
    const { commit = '' } = releases.find(({ version }) => version === UNNAMED) ?? {};
    const [before, { stacks }] = await Promise.all([
      templatesOf(commit),
      synthesize({ stage: 'production' }),
    ]);

    const differences = templateDifferences(before, stacks);

    expect(before.map(({ name }) => name)).toEqual(stacks.map(({ name }) => name));
    expect(differences.filter((each) => !CHANGED.some(({ place }) => place.test(each)))).toEqual([]);
    // What is listed and does not differ would hide what comes later.
    expect(CHANGED.filter(({ place }) => !differences.some((each) => place.test(each)))).toEqual([]);
  },
);
