import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { REMOVED_ROUTES, ROUTES_ANEW } from '../../cdk/templates/removed-routes.ts';
import { neededCommand } from '../../service/packages.ts';
import { ROOT } from '../../service/project.ts';
import type { Deployment } from './release-plan.ts';

/** Runs the CDK CLI in the repository. @throws Error when it fails; it has said why */
export async function cdk(...args: string[]): Promise<void> {
  const cli = neededCommand(ROOT, 'aws-cdk', 'cdk');
  const command = spawn(process.execPath, [cli, ...args], { cwd: ROOT, stdio: 'inherit' });
  const [code] = await once(command, 'exit');
  if (code !== 0) throw new Error(`cdk ${args[0]} ended with code ${code}`);
}

/**
 * Carries out one deployment of a plan.
 * @param context arguments that tell the app what it is made for
 * @throws Error when it fails
 */
export async function cdkDeploy(
  { stacks, keep, removedRoutes, routesAnew = false }: Deployment,
  context: readonly string[],
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-deploy-'));
  try {
    const file = join(folder, 'keep.json');
    if (keep !== undefined) await writeFile(file, JSON.stringify(keep));
    const kept = keep === undefined ? [] : ['--context', `keep=${file}`];
    const anew = routesAnew ? ['--context', `${ROUTES_ANEW}=true`] : [];
    const removed =
      removedRoutes === undefined ? [] : ['--context', `${REMOVED_ROUTES}=${removedRoutes.join(',')}`];
    const options = [...context, ...kept, ...removed, ...anew];
    await cdk('deploy', ...stacks, '--exclusively', '--require-approval', 'never', ...options);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
