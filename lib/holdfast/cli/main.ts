#!/usr/bin/env node
import { nodeFault } from './command/node-version.ts';

const fault = nodeFault(process.versions.node);
// All else is loaded only by a Node that can load it.
if (fault === undefined) await import('./run.ts');
else {
  console.error(fault);
  process.exitCode = 1;
}
