/** What `bin/app.ts` of a project makes its CDK app with. */

export { buildApp, type ProjectApp } from './project.ts';
