import { buildApp } from 'holdfast/cdk';

await buildApp();
