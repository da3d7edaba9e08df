import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { ROOT } from '../../../lib/holdfast/service/project.ts';
import type { Command } from '../support/command.ts';
import { namesOf } from '../support/physical-names.ts';
import { ACCOUNT, accountEnvironment, REGION } from './account.ts';
import { emulatedUrl } from './emulated-account.ts';

/** What takes the place of the emulated stage's own settings, as `buildApp` has it. */
export type EmulatedSettings = Readonly<Record<'identity' | 'partnersUrl', unknown>>;

/** What a deployment needs. */
export interface DeploymentOptions {
  readonly command: Command;
  readonly endpoint: string;
  readonly settings: EmulatedSettings;
  /** A temporary folder of its own. */
  readonly folder: string;
}

/** The service's place on an emulator. */
export interface Deployed {
  readonly url: string;
  /** What its own links begin with: behind its own host name, all of its path. */
  readonly basePath: string;
}

/** What the app of a repository is deployed by, and what takes it away. */
export interface Deployer {
  deploy(root: string): Promise<Deployed>;
  /** Every name that the stacks that were last deployed of a repository take in their account. */
  names(root: string): Promise<readonly string[]>;
  destroy(root: string): Promise<void>;
}

/** Prepares the account as `cdk bootstrap` does. */
export async function bootstrap({
  command,
  endpoint,
  settings,
  folder,
}: DeploymentOptions): Promise<Deployer> {
  const cdk = (args: readonly string[], cwd: string) =>
    command(join(ROOT, 'node_modules/.bin/cdk'), args, {
      cwd,
      env: { ...accountEnvironment(endpoint), TMPDIR: folder },
    });
  // Away from cdk.json, whose app it would synthesize.
  await cdk(['bootstrap', `aws://${ACCOUNT}/${REGION}`], folder);
  const outputs = join(folder, 'outputs.json');
  const assembly = (root: string) => join(folder, 'cdk.out', basename(root));
  const app = (root: string) => [
    '--all',
    '--app=node --no-warnings test/holdfast/e2e/app.ts',
    `--context=settings=${JSON.stringify(settings)}`,
    `--output=${assembly(root)}`,
  ];
  return {
    async deploy(root) {
      await cdk(
        [
          'deploy',
          ...app(root),
          `--outputs-file=${outputs}`,
          '--require-approval=never',
          // The emulator forgets a change set that has been executed, and the CLI then fails to find it.
          '--method=direct',
        ],
        root,
      );
      return whereIs(endpoint, JSON.parse(await readFile(outputs, 'utf8')));
    },
    async names(root) {
      const files = (await readdir(assembly(root))).filter((file) => file.endsWith('.template.json'));
      const stacks = files.map(async (name) => ({
        name,
        ...(name.includes('.nested.') && { parent: { name: root, logicalId: name } }),
        template: JSON.parse(await readFile(join(assembly(root), name), 'utf8')),
      }));
      return namesOf(await Promise.all(stacks));
    },
    async destroy(root) {
      await cdk(['destroy', ...app(root), '--force'], root);
    },
  };
}

/** On AWS the API has a host name of its own, which not every machine can resolve below `localhost`. */
function whereIs(
  endpoint: string,
  outputs: Readonly<Record<string, Readonly<Record<string, string>>>>,
): Deployed {
  const url = Object.values(outputs).find(({ ApiUrl }) => ApiUrl !== undefined)?.ApiUrl;
  if (url === undefined) throw new Error('the service stack has no output ApiUrl');
  return { url: emulatedUrl(endpoint, url), basePath: new URL(url).pathname.replace(/\/$/, '') };
}
