import { readFileSync } from 'node:fs';
import { buildService } from '../lib/holdfast/cdk/app.ts';
import { frozenPart, readFrozen } from '../lib/holdfast/cdk/templates/frozen.ts';
import { refusals } from '../lib/holdfast/cdk/templates/frozen-refusals.ts';
import { synthesizeTemplates } from '../lib/holdfast/cdk/templates/templates.ts';

/**
 * The CDK CLI hands its context over in the environment; `-c stage=production` chooses the stage. `npm run deploy` adds what
 * it has found in the account: `concurrency`, `reserve`, and `keep`, the file that holds what the state stack keeps; `settings` take the place of the stage's own.
 */
const { keep, concurrency, reserve, settings, ...context } = JSON.parse(process.env.CDK_CONTEXT_JSON ?? '{}');

const { app, nests } = await buildService({
  stage: context.stage ?? 'dev',
  bundles: 'deploy',
  context,
  ...(settings !== undefined && { settings: JSON.parse(settings) }),
  ...(concurrency !== undefined && { concurrency: Number(concurrency) }),
  ...(reserve !== undefined && { reserve: reserve === 'true' }),
  ...(keep !== undefined && { keep: JSON.parse(readFileSync(keep, 'utf8')) }),
});
const reasons = refusals(readFrozen(), frozenPart(synthesizeTemplates(app), nests));
if (reasons.length > 0) {
  console.error(reasons.join('\n'));
  process.exit(1);
}
