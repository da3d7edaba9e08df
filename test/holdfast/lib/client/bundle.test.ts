import { gzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import { build } from 'esbuild';

/** What a page pays for the client, before its own code. */
const BUDGET_BYTES = 12_000;

const bundled = async () => {
  const { outputFiles, metafile } = await build({
    entryPoints: ['lib/recorded/client.ts'],
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    write: false,
    metafile: true,
  });
  return { bytes: outputFiles[0]?.contents ?? new Uint8Array(), inputs: Object.keys(metafile.inputs) };
};

test('the client fits a page: under 12 kB, gzipped, and nothing of Node in it', async () => {
  const { bytes } = await bundled();

  expect(bytes.length).toBeGreaterThan(1_000);
  expect(gzipSync(bytes).length).toBeLessThan(BUDGET_BYTES);
});

test('the client is made of its own files, openapi-fetch, and the words of the kit', async () => {
  const { inputs } = await bundled();

  const foreign = inputs.filter(
    (input) =>
      !/^(lib\/holdfast\/(client|core)\/|lib\/recorded\/client\.ts|node_modules\/openapi-fetch\/)/.test(
        input,
      ),
  );

  expect(foreign).toEqual([]);
});
