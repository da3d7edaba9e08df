import { buildApp } from '../../../lib/holdfast/cdk/app.ts';

/** The product's own app, in the stage for emulators; where its issuer and partners are comes from the command line. */
const { settings, ...context } = JSON.parse(process.env.CDK_CONTEXT_JSON ?? '{}');

const app = await buildApp({ stage: 'emulated', ...JSON.parse(settings), bundles: 'deploy', context });
app.synth();
