import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { ROOT } from '../../../lib/holdfast/service/project.ts';

const run = promisify(execFile);

/** Bundles a definition that makes JSON Schema, and runs it. */
const CALLING = `
import { build } from 'esbuild';
const { unusedParts } = await import(process.cwd() + '/lib/holdfast/cdk/bundles/unused-parts.ts');
const contents = "import * as z from 'zod'; z.toJSONSchema(z.strictObject({ name: z.string() }));";
const stdin = { contents, resolveDir: process.cwd() };
const options = { bundle: true, format: 'esm', platform: 'node', write: false, plugins: [...unusedParts] };
const { outputFiles } = await build({ stdin, ...options });
await import('data:text/javascript,' + encodeURIComponent(outputFiles[0].text)).catch(({ message }) => console.log(message));
`;

test('a bundle says that a part was left out where a definition calls it all the same', async () => {
  const { stdout } = await run(
    process.execPath,
    ['--no-warnings', '--input-type=module', '--eval', CALLING],
    {
      cwd: ROOT,
    },
  );

  expect(stdout).toBe('JSON Schema is left out of bundles (lib/holdfast/cdk/bundles/unused-parts.ts)\n');
});
