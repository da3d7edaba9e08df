import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { DeclaredEntry } from '../../../lib/holdfast/cdk/bundles/function-entry.ts';
import { ROOT } from '../../../lib/holdfast/service/project.ts';
import { FOUND, type Found } from './mutants.ts';
import { OPERATIONS } from './operations.ts';
import { PLANS, type Plan } from './scenarios.ts';
import { SUBJECTS } from './subjects.ts';

/** What there is to explore. */
interface Explored {
  readonly PLANS: readonly Plan[];
  readonly SUBJECTS: readonly DeclaredEntry[];
  readonly FOUND: readonly Found[];
}

const CAPABILITIES = join(ROOT, 'test/holdfast/capabilities');

/** Everything: of the kit, and of each capability that is there. */
export async function everythingExplored(): Promise<Explored> {
  const names = existsSync(CAPABILITIES) ? readdirSync(CAPABILITIES) : [];
  const files = names.map((name) => join(CAPABILITIES, name, 'explored.ts')).filter(existsSync);
  const own = await Promise.all(files.map((file): Promise<Explored> => import(file)));
  return {
    PLANS: [...PLANS, ...own.flatMap((each) => each.PLANS), ...OPERATIONS],
    SUBJECTS: [...SUBJECTS, ...own.flatMap((each) => each.SUBJECTS)],
    FOUND: [...FOUND, ...own.flatMap((each) => each.FOUND)],
  };
}
