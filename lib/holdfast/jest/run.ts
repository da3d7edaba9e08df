#!/usr/bin/env node
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { nodeFault } from '../cli/command/node-version.ts';

/** Jest loads ES modules by a flag of Node's, which its workers have from here too. */
const FLAGS = '--experimental-vm-modules --disable-warning=ExperimentalWarning';

const fault = nodeFault(process.versions.node);
if (fault === undefined) runJest();
else {
  console.error(fault);
  process.exitCode = 1;
}

/** The project's own Jest, from wherever npm has put it. */
function runJest(): void {
  const jest = createRequire(join(process.cwd(), 'package.json')).resolve('jest/bin/jest');
  const child = spawn(process.execPath, [jest, ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { ...process.env, NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} ${FLAGS}`.trim() },
  });
  process.on('SIGTERM', () => child.kill());
  child.on('exit', (code) => {
    process.exitCode = code ?? 1;
  });
}
