import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { ROOT } from '../../../lib/holdfast/service/project.ts';
import { CASES, NAMES } from './cases.ts';

const read = (path: string) => readFile(join(ROOT, path), 'utf8');

describe('a model of Spin', () => {
  test.each(NAMES)("says '$word' in $model.pml for $name of $file, and both are there", async (each) => {
    const [model, code] = await Promise.all([read(`test/holdfast/spec/${each.model}.pml`), read(each.file)]);

    expect(model).toMatch(new RegExp(`\\b${each.word}\\b`));
    expect(code).toMatch(new RegExp(`\\b${each.name}\\b`));
  });

  test.each(['claim', 'meeting', 'commit'])('%s is checked with each of its switches', async (model) => {
    const text = await read(`test/holdfast/spec/${model}.pml`);
    const switches = new Set(text.match(/\b(?:M_[A-Z]+|AS_BUILT|QUERY|RETRY)\b/g));
    const checked = new Set(
      CASES.filter((each) => each.model === model).flatMap((each) => each.switches.map((s) => s.slice(2))),
    );

    expect([...switches].filter((each) => !checked.has(each))).toEqual([]);
  });
});
