import { join } from 'node:path';
import { buildApp } from '../../../lib/holdfast/cdk/app.ts';
import { stageNames } from '../../../lib/holdfast/service/config.ts';
import type { Command } from '../support/command.ts';

/** Rules that are not followed, each with its reason. */
const CONFIG = join(import.meta.dirname, 'cfn-lint.yaml');

/**
 * Every template of every stage is one that CloudFormation's own schemas accept.
 * @param program path of cfn-lint
 * @param folder a temporary folder
 * @returns how many templates were read
 * @throws CommandError with the findings
 */
export async function lintTemplates(command: Command, program: string, folder: string): Promise<number> {
  const templates: string[] = [];
  for (const stage of stageNames) {
    const outdir = join(folder, `lint-${stage}`);
    (await buildApp({ stage, bundles: 'none', outdir })).synth();
    templates.push(join(outdir, '**/*.template.json'));
  }
  // It reads one template after the other; two of it take half the time.
  const halves = [0, 1].map((half) => templates.filter((_, i) => i % 2 === half));
  await Promise.all(halves.map((half) => command(program, ['--config-file', CONFIG, '--', ...half])));
  return templates.length;
}
