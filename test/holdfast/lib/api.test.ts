import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { ROOT } from '../../../lib/holdfast/service/project.ts';

const read = (file: string) => readFile(join(ROOT, file), 'utf8');

/** What a file exports by its own statements; `export *` is not among them, since nobody sees what it adds. */
function exportedBy(text: string): readonly string[] {
  const listed = [...text.matchAll(/^export (?:type )?\{([^}]*)\}/gm)].flatMap(([, names = '']) =>
    names.split(','),
  );
  const renamed = listed.map((name) =>
    name
      .trim()
      .replace(/^type /, '')
      .replace(/^.* as /, ''),
  );
  const declared = [
    ...text.matchAll(/^export (?:async )?(?:const|function|interface|type|class|\* as) (\w+)/gm),
  ];
  const byDefault = /^export default /m.test(text) ? ['default'] : [];
  return [
    ...renamed.filter((name) => name !== ''),
    ...declared.map(([, name = '']) => name),
    ...byDefault,
  ].sort();
}

let exported: Readonly<Record<string, readonly string[]>>;
let documented: Readonly<Record<string, readonly string[]>>;
beforeAll(async () => {
  const { exports } = JSON.parse(await read('package.json')) as { exports: Record<string, string> };
  const entries = Object.entries(exports).filter(([, file]) => file.endsWith('.ts'));
  exported = Object.fromEntries(
    await Promise.all(
      entries.map(
        async ([entry, file]) => [`holdfast${entry.slice(1)}`, exportedBy(await read(file))] as const,
      ),
    ),
  );
  const sections = (await read('docs/api.md')).split(/^## /m).slice(1);
  documented = Object.fromEntries(
    sections.map((section) => {
      const [, entry = ''] = /^`([^`]+)`/.exec(section) ?? [];
      const rows = [...section.matchAll(/^\| ([^|]*) \|/gm)].map(([, names = '']) => names);
      return [
        entry,
        rows.flatMap((names) => [...names.matchAll(/`(\w+)`/g)].map(([, name = '']) => name)).sort(),
      ];
    }),
  );
});

test('docs/api.md lists every name that an entry of the package exports, and no other', () => {
  expect(documented).toEqual(exported);
});

test('no entry passes on everything of a file, which would make names public unseen', async () => {
  const { exports } = JSON.parse(await read('package.json')) as { exports: Record<string, string> };
  const texts = await Promise.all(
    Object.values(exports)
      .filter((file) => file.endsWith('.ts'))
      .map(read),
  );

  expect(texts.filter((text) => /^export \* from/m.test(text))).toEqual([]);
});
