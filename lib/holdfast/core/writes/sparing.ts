import type { Plan, Store, Written } from '../store/store.ts';

/**
 * A resource was written that has, by an older release, what another one has; by the rule. It is no metric of every service: where
 * no capability has a rule, nothing counts it.
 */
export const DUPLICATES = 'Duplicate';

/**
 * Writes a plan without what it may spare, where that stands in its way: nothing has been stored then, and what was decided
 * stays as it is.
 * @param spared is told of each rule that does not hold for that
 */
export function sparing(write: Store['write'], spared: (rule: string) => void): Store['write'] {
  return async function writeSparing(plan, deadlineMs): Promise<Written> {
    const written = await write(plan, deadlineMs);
    const spares = sparedOf(plan, written);
    if (plan.without === undefined || spares.length === 0) return written;
    const less = await writeSparing(plan.without(spares.map(({ label }) => label)), deadlineMs);
    if (less.done) for (const { spare } of spares) if (spare?.rule !== undefined) spared(spare.rule);
    return less;
  };
}

/** What stood in the way, and need not. */
const sparedOf = ({ beside }: Plan, written: Written) =>
  'refused' in written
    ? beside.filter(({ label, spare }) => spare !== undefined && written.refused.has(label))
    : [];
