#!/usr/bin/env node
import { nodeFault } from './command/node-version.ts';

const fault = nodeFault(process.versions.node);
// All else is loaded only by a Node that can load it.
if (fault === undefined)
  await import('./run.ts').catch((error: unknown) => {
    // Without a project, or with one whose service does not load, no command begins.
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
else {
  console.error(fault);
  process.exitCode = 1;
}
