/** What `bin/app.ts` of a project makes its CDK app with. */

export { buildApp } from './project.ts';
