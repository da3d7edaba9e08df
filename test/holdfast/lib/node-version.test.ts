import { readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { nodeFault } from '../../../lib/holdfast/cli/command/node-version.ts';

const importsOf = async (file: string) =>
  [...(await readFile(`lib/holdfast/cli/${file}`, 'utf8')).matchAll(/^import .* from '(.*)'/gm)].map(
    ([, name]) => name,
  );

test.each(['18.20.8', '20.20.2', '21.7.3', '22.17.1', '23.5.0'])(
  'Node %s, which cannot load TypeScript, is told so with the remedy',
  (version) => {
    const [major, minor] = version.split('.');

    expect(nodeFault(version)).toBe(
      `Node ${major}.${minor} cannot load TypeScript; npm i -D node@24 (what Lambda runs), or use Node 22.18 or later`,
    );
  },
);

test.each(['22.18.0', '22.21.1', '23.6.0', '24.0.0', '26.1.0'])('Node %s runs the kit', (version) => {
  expect(nodeFault(version)).toBeUndefined();
});

test('the command loads nothing but that sentence before it knows that Node can load the rest', async () => {
  expect(await importsOf('main.ts')).toEqual(['./command/node-version.ts']);
  expect(await importsOf('command/node-version.ts')).toEqual([]);
});
