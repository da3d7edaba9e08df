import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { copyRepository, SET_ASIDE } from '../../support/copy.ts';

const run = promisify(execFile);

test('an action that was added is in the client after npm run client, and in no other file', async () => {
  const copy = await copyRepository();
  await copy.write('functions/actions/payouts/set-aside.ts', SET_ASIDE);
  const command = ['--no-warnings', 'bin/client.ts'];
  const env = { ...process.env, NODE_OPTIONS: '' };

  const refused = await run('node', [...command, '--check'], { cwd: copy.root, env }).catch((error) => error);
  await run('node', command, { cwd: copy.root, env });

  const routes = await readFile(join(copy.root, 'lib/client/routes.ts'), 'utf8');
  const contract = await readFile(join(copy.root, 'lib/client/contract.ts'), 'utf8');
  await copy.remove();
  expect(refused.stdout).toContain('npm run client writes it');
  expect(routes).toMatch(/setAside: \{\s*id: ['"]payouts\.set-aside['"]/);
  expect(contract).toContain('SetAsidePayout');
});
