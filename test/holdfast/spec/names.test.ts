import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { ROOT } from '../../../lib/holdfast/service/project.ts';
import { CASES, MODELS, NAMES } from './cases.ts';

const read = (path: string) => readFile(join(ROOT, path), 'utf8');

const modelText = (model: string) => read(`test/holdfast/spec/${model}.pml`);

/** What is in the model, and not only told of it. */
const withoutComments = (text: string) => text.replaceAll(/\/\*[\s\S]*?\*\//g, '');

/** A declaration of the module, a method of a class, or a member of a type: whatever a rename or a move takes away. */
const declares = (name: string) =>
  new RegExp(
    [
      `^(?:export )?(?:async )?(?:function|const|class|interface|type) ${name}\\b`,
      `^ {2}(?:async )?${name}\\(.*\\{$`,
      `^ {2}readonly ${name}\\??:`,
    ].join('|'),
    'm',
  );

describe('a model of Spin', () => {
  test.each(NAMES)("says '$word' in $model.pml for $name, which $file declares", async (each) => {
    const [model, code] = await Promise.all([modelText(each.model), read(each.file)]);

    expect(withoutComments(model)).toMatch(new RegExp(`\\b${each.word}\\b`));
    expect(code).toMatch(declares(each.name));
  });

  test.each([
    ['  readonly claim: Claim;', true],
    ['async function claim(pk: string) {', true],
    ['  async claim(pk: string): Promise<void> {', true],
    ['/** The claim of a command. */', false],
    ["    case 'claim':", false],
    ['      return claim(operation, progress, now);', false],
    ["import { claim } from './claim.ts';", false],
    ['function claimed() {', false],
  ])('declares what it names: %s is %s', (line, is) => {
    expect(declares('claim').test(line)).toBe(is);
  });

  test.each(MODELS)('%s.pml is about the files that its names are of, and no others', async (model) => {
    const told = (await modelText(model)).match(/[\w-]+\.ts\b/g);
    const named = NAMES.filter((each) => each.model === model).map(({ file }) => basename(file));

    expect(new Set(told)).toEqual(new Set(named));
  });

  test.each(MODELS)('%s is checked with each of its switches', async (model) => {
    const text = await modelText(model);
    const tests = text
      .match(/^#(?:if|ifn?def|elif)\b.*$/gm)
      ?.flatMap((line) => line.match(/\b[A-Z_]{2,}\b/g) ?? []);
    const checked = CASES.filter((each) => each.model === model).flatMap((each) => each.switches);

    expect(new Set(tests?.filter((each) => each !== 'NR'))).toEqual(
      new Set(checked.map((each) => each.slice(2))),
    );
  });
});
