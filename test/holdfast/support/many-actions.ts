import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Copy } from './copy.ts';

const run = promisify(execFile);

/** One of many actions. */
const action = (name: string) => `import * as z from 'zod';
import { defineAction, text } from 'holdfast';
import payouts from './resource.ts';

export default defineAction({
  resource: payouts,
  name: '${name}',
  summary: 'Note something on a draft.',
  scope: 'payouts:${name}',
  from: ['draft'],
  to: 'draft',
  input: z.object({ note: text({ max: 500 }) }),
  decide: ({ input }) => ({ note: input.note }),
});
`;

/** Adds so many actions to a copy of the repository. */
export async function addActions(copy: Copy, count: number): Promise<void> {
  const names = Array.from({ length: count }, (_, i) => `note-${i + 1}`);
  await Promise.all(names.map((name) => copy.write(`functions/actions/payouts/${name}.ts`, action(name))));
}

/** What a synthesized template has of what AWS limits. */
export interface Counts {
  readonly stack: string;
  readonly resources: number;
  readonly bytes: number;
  readonly outputs: number;
  readonly parameters: number;
  readonly paths: number;
}

/** Synthesizes a stage of a copy with its bundles, as `cdk deploy` does. */
export async function synthesizeCopy(
  copy: Copy,
  stage: string,
): Promise<{ readonly seconds: number; readonly counts: readonly Counts[] }> {
  const script = `
    const { buildApp } = await import(${JSON.stringify(join(copy.root, 'lib/holdfast/cdk/app.ts'))});
    const { synthesizeTemplates } = await import(${JSON.stringify(join(copy.root, 'lib/holdfast/cdk/templates/templates.ts'))});
    const app = await buildApp({ stage: '${stage}', bundles: 'deploy', outdir: ${JSON.stringify(join(copy.root, 'cdk.out'))} });
    const counts = synthesizeTemplates(app).map(({ name, template }) => ({
      stack: name,
      resources: Object.keys(template.Resources).length,
      bytes: JSON.stringify(template).length,
      outputs: Object.keys(template.Outputs ?? {}).length,
      parameters: Object.keys(template.Parameters ?? {}).length,
      paths: Object.values(template.Resources).filter(({ Type }) => Type === 'AWS::ApiGateway::Resource').length,
    }));
    console.log(JSON.stringify(counts));`;
  const start = performance.now();
  const { stdout } = await run(process.execPath, ['--no-warnings', '--input-type=module', '--eval', script], {
    cwd: copy.root,
  });
  return { seconds: (performance.now() - start) / 1000, counts: JSON.parse(stdout) };
}
