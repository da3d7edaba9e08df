import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FROZEN_FILE, type Frozen, frozenPart, readFrozen } from '../frozen.ts';
import { refusals } from '../frozen-refusals.ts';
import { ROOT } from '../root.ts';
import { synthesize } from '../synthesis/synthesize.ts';

/** What of a stage's templates may not move once it is deployed. */
export async function frozenPartOf(stage: string): Promise<Frozen> {
  const { stacks, nests } = await synthesize({ stage });
  return frozenPart(stacks, nests);
}

/**
 * Records what the next deployments may not move: `npm run freeze`, once a function, a table or an output has been added.
 * @throws Error with each reason, when what is recorded would be broken
 */
export async function freeze(print: (line: string) => void): Promise<void> {
  const before = readFrozen();
  const after = await frozenPartOf('production');
  const reasons = refusals(before, after);
  if (reasons.length > 0) throw new Error(reasons.join('\n'));
  const text = `${JSON.stringify({ ...after, nests: { ...before.nests, ...after.nests } }, null, 2)}\n`;
  await writeFile(join(ROOT, FROZEN_FILE), text);
  print(
    `${FROZEN_FILE} holds ${Object.keys(after.nests).length} functions and ${Object.keys(after.tables).length} tables; commit it`,
  );
}
