import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { ROOT } from '../../../lib/holdfast/service/project.ts';

// An SDK's client waits for an answer for ever by itself: the one of Step Functions hung until Lambda ended the function.
test('every client of AWS gives up on an attempt in time', async () => {
  const folder = join(ROOT, 'lib/holdfast/runtime');
  const sources = await Promise.all(
    (await readdir(folder, { recursive: true }))
      .filter((name) => name.endsWith('.ts'))
      .map((name) => readFile(join(folder, name), 'utf8')),
  );

  const made = sources.flatMap((source) => source.match(/new \w+Client\(.*?\)/gs) ?? []);

  expect(made.length).toBeGreaterThan(3);
  expect(made.filter((each) => !each.endsWith('Client(clientSettings)'))).toEqual([]);
});
