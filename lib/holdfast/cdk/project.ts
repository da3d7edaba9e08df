import { readFileSync } from 'node:fs';
import type { App } from 'aws-cdk-lib';
import { buildService } from './app.ts';
import type { ServiceStack } from './stacks/service-stack.ts';
import type { StateStack } from './stacks/state-stack.ts';
import { FROZEN_FILE, frozenPart, isFrozen, readFrozen } from './templates/frozen.ts';
import { refusals } from './templates/frozen-refusals.ts';
import { synthesizeTemplates } from './templates/templates.ts';

/** The CDK app of a project; constructs of its own may be added to its stacks, or stacks to the app. */
export interface ProjectApp {
  readonly app: App;
  readonly stacks: {
    /** Tables and what else is kept. */
    readonly state: StateStack;
    /** Everything that may be replaced. */
    readonly service: ServiceStack;
  };
}

/**
 * The CDK app that the CDK CLI has asked for: its context comes in the environment, and `-c stage=production` chooses the
 * stage. `deploy` adds what it has found in the account: `concurrency`, `reserve`, and `keep`, the file that holds what
 * the state stack keeps; `settings` take the place of the stage's own. An app that moves what `lib/recorded/frozen.json`
 * holds, or that has none, ends the process with status 1.
 * @param extend adds constructs of the project's own, before the app is synthesized: `({ stacks }) => new Topic(stacks.service, 'News')`
 */
export async function buildApp(extend: (built: ProjectApp) => void = () => undefined): Promise<void> {
  const { keep, concurrency, reserve, settings, ...context } = JSON.parse(
    process.env.CDK_CONTEXT_JSON ?? '{}',
  );
  const { app, nests, stacks } = await buildService({
    stage: context.stage ?? 'dev',
    bundles: 'deploy',
    context,
    ...(settings !== undefined && { settings: JSON.parse(settings) }),
    ...(concurrency !== undefined && { concurrency: Number(concurrency) }),
    ...(reserve !== undefined && { reserve: reserve === 'true' }),
    ...(keep !== undefined && { keep: JSON.parse(readFileSync(keep, 'utf8')) }),
  });
  extend({ app, stacks });
  const reasons = isFrozen()
    ? refusals(readFrozen(), frozenPart(synthesizeTemplates(app), nests))
    : [`${FROZEN_FILE} is missing, which holds what a deployment may not move; npm run record writes it`];
  if (reasons.length === 0) return;
  console.error(reasons.join('\n'));
  process.exit(1);
}
