import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../../../lib/holdfast/service/project.ts';
import type { ComputedTable } from '../bench/documents.ts';

/** Files that pages show whole, by the name of the place: what is read is what runs. */
const QUOTED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'docs/hot-items.md': {
    spend: 'test/holdfast/bench/subjects/budgets/spend.ts',
    shards: 'test/holdfast/bench/subjects/budgets/shards.ts',
    queue: 'test/holdfast/bench/subjects/budgets/queue.ts',
  },
};

/** Each of them, as a block of code. */
export const quotedCode = (): Promise<readonly ComputedTable[]> =>
  Promise.all(
    Object.entries(QUOTED).flatMap(([path, places]) =>
      Object.entries(places).map(async ([name, file]) => {
        const code = await readFile(join(ROOT, file), 'utf8');
        return { path, name, text: `\`\`\`ts\n${code}\`\`\`` };
      }),
    ),
  );
