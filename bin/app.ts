import { buildApp } from '../lib/app.ts';

/** The CDK CLI hands its context over in the environment; `-c stage=production` chooses the stage. */
const context = JSON.parse(process.env.CDK_CONTEXT_JSON ?? '{}');

const app = await buildApp({ stage: context.stage ?? 'dev', bundles: 'deploy', context });
app.synth();
