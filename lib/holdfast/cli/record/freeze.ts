import { FROZEN_FILE, type Frozen, frozenPart, readFrozen } from '../../cdk/templates/frozen.ts';
import { refusals } from '../../cdk/templates/frozen-refusals.ts';
import { committedFiles } from '../../contract/committed.ts';
import { ROOT } from '../../service/project.ts';
import { synthesize } from '../../synthesis/synthesize.ts';
import { formatted } from './formatted.ts';

/** What of a stage's templates may not move once it is deployed. */
export async function frozenPartOf(stage: string): Promise<Frozen> {
  // Where partners are is not recorded, and may not be known yet.
  const { stacks, nests } = await synthesize({ stage, partnersUrl: 'https://partners.invalid' });
  return frozenPart(stacks, nests);
}

/**
 * What the next deployments may not move: all that the last commit has, and what has been added since.
 * @throws Error with each reason, when what is committed would be broken
 */
export async function frozenText(): Promise<string> {
  const committed = (await committedFiles(ROOT, FROZEN_FILE))?.get(FROZEN_FILE);
  const before: Frozen = committed === undefined ? readFrozen() : JSON.parse(committed);
  const after = await frozenPartOf('production');
  const reasons = refusals(before, after);
  if (reasons.length > 0) throw new Error(reasons.join('\n'));
  const frozen = { ...after, nests: { ...before.nests, ...after.nests } };
  return formatted(FROZEN_FILE, JSON.stringify(frozen, null, 2));
}
