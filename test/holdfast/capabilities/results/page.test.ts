import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { ROOT } from '../../../../lib/holdfast/service/project.ts';

const textOf = (path: string) => readFile(join(ROOT, path), 'utf8');

test('the operation that the page of results shows is one whose promises are tested', async () => {
  const [, shown] = /^```ts\n(.*?)^```/ms.exec(await textOf('docs/step-results.md')) ?? [];

  expect(shown).toBe(
    await textOf('test/holdfast/capabilities/results/shop/functions/operations/ship-order.ts'),
  );
});
