import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../../lib/holdfast/service/project.ts';
import { MUTANTS, type Mutant } from './mutants.ts';
import { RECEIPTS } from './receipts.ts';

const CAPABILITIES = join(ROOT, 'test/holdfast/capabilities');

/** Every mutant: of the kit, and of each capability that is there. */
export async function allMutants(): Promise<readonly Mutant[]> {
  const names = existsSync(CAPABILITIES) ? readdirSync(CAPABILITIES) : [];
  const own = await Promise.all(
    names.map(async (name): Promise<readonly Mutant[]> => {
      const { MUTANTS: mutants } = await import(join(CAPABILITIES, name, 'mutants.ts'));
      return mutants;
    }),
  );
  return [...MUTANTS, ...RECEIPTS, ...own.flat()];
}
