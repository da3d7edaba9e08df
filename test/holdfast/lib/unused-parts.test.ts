import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { ROOT } from '../../../lib/holdfast/service/project.ts';

const run = promisify(execFile);

/** Bundles a source, and runs it. esbuild does not run inside jest's VM. */
const BUNDLE = `
import { build } from 'esbuild';
const { unusedParts } = await import(process.cwd() + '/lib/holdfast/cdk/bundles/unused-parts.ts');
const stdin = { contents: process.argv[1], resolveDir: process.cwd() };
const options = { bundle: true, format: 'esm', platform: 'node', write: false, plugins: [...unusedParts] };
const { outputFiles } = await build({ stdin, ...options });
await import('data:text/javascript,' + encodeURIComponent(outputFiles[0].text));
`;

async function printed(source: string): Promise<unknown> {
  const args = ['--no-warnings', '--input-type=module', '--eval', BUNDLE, source];
  const { stdout } = await run(process.execPath, args, { cwd: ROOT });
  return JSON.parse(stdout);
}

const SCHEMA = `
import * as z from 'zod';
const schema = z.strictObject({ name: z.string().max(5), kind: z.enum(['a', 'b']).optional() });
`;

test('a schema validates in a bundle as ever, by its own methods and as Standard Schema has it', async () => {
  const told = await printed(`${SCHEMA}
const { validate } = schema['~standard'];
const ends = [{ name: 'short' }, { name: 'too long' }, { name: 1, other: 2 }];
console.log(JSON.stringify(ends.map((each) => [schema.safeParse(each).success, validate(each).issues?.length ?? 0])));
`);

  expect(told).toEqual([
    [true, 0],
    [false, 1],
    [false, 2],
  ]);
});

test.each(['z.toJSONSchema(schema)', 'schema.toJSONSchema()', "schema['~standard'].jsonSchema.input({})"])(
  '%s says that it is left out of bundles',
  async (call) => {
    const told = await printed(`${SCHEMA}
try { console.log(JSON.stringify(${call})); } catch ({ message }) { console.log(JSON.stringify(message)); }
`);

    expect(told).toBe('JSON Schema is left out of bundles (lib/holdfast/cdk/bundles/unused-parts.ts)');
  },
);
