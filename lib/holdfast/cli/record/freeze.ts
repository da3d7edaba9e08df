import { FROZEN_FILE, type Frozen, frozenPart, readFrozen } from '../../cdk/templates/frozen.ts';
import { refusals } from '../../cdk/templates/frozen-refusals.ts';
import { storedShapes } from '../../cdk/templates/stored-shapes.ts';
import { committedFiles } from '../../contract/committed.ts';
import { ROOT } from '../../service/project.ts';
import type { Registry } from '../../service/registry.ts';
import { synthesize } from '../../synthesis/synthesize.ts';
import { formatted } from './formatted.ts';

/** What of a stage's templates may not move once it is deployed. */
export async function frozenPartOf(stage: string): Promise<Frozen> {
  // Where partners are is not recorded, and may not be known yet.
  const { stacks, nests } = await synthesize({ stage, partnersUrl: 'https://partners.invalid' });
  return frozenPart(stacks, nests);
}

/** What the last commit has; where no commit does, what is recorded. */
async function frozenBefore(): Promise<Frozen> {
  const committed = (await committedFiles(ROOT, FROZEN_FILE))?.get(FROZEN_FILE);
  return committed === undefined ? readFrozen() : JSON.parse(committed);
}

/** Resources of which a shape is read that was not before: it says how what is stored becomes what it is now. */
export async function reshapedIn(registry: Registry): Promise<readonly string[]> {
  const { shapes: before = {} } = await frozenBefore();
  return Object.entries(storedShapes(registry) ?? {})
    .filter(([name, { reads }]) => reads > (before[name]?.reads ?? 1))
    .map(([name]) => name);
}

/**
 * What the next deployments may not move: all that the last commit has, and what has been added since.
 * @throws Error with each reason, when what is committed would be broken
 */
export async function frozenText(): Promise<string> {
  const before = await frozenBefore();
  const after = await frozenPartOf('production');
  const reasons = refusals(before, after);
  if (reasons.length > 0) throw new Error(reasons.join('\n'));
  const frozen = { ...after, nests: { ...before.nests, ...after.nests } };
  return formatted(FROZEN_FILE, JSON.stringify(frozen, null, 2));
}
