import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { ROOT } from '../../../lib/holdfast/service/project.ts';
import { CHECKS } from '../accept/checks.ts';

const page = await readFile(join(ROOT, 'docs/aws-doubts.md'), 'utf8');

test('each doubt of docs/aws-doubts.md names a check that npm run accept has, or says that none tries it', () => {
  const rows = [...page.matchAll(/^\| \*\*(D\d+)\*\*.*\| ([^|]*?) +\|$/gm)].map(
    ([, doubt, check]) => [doubt ?? '', check ?? ''] as const,
  );

  const unknown = rows.filter(
    ([, check]) => !CHECKS.some(({ letter }) => letter === check) && !check.startsWith('not tried: '),
  );

  expect(rows.map(([doubt]) => doubt)).toEqual(Array.from({ length: 11 }, (_, i) => `D${i + 1}`));
  expect(unknown).toEqual([]);
});

test('each file that docs/aws-doubts.md names is there', () => {
  const files = [...page.matchAll(/`((?:lib|functions|test)\/[^`]+)`/g)].map(([, file = '']) => file);

  expect(files.length).toBeGreaterThan(4);
  expect(files.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
});
