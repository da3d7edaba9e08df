import type { Plan, Store, Written } from '../store/store.ts';

/**
 * A decision had to be made anew, since another one had changed a resource that it was made on besides its own; by the resource's
 * type. It is no metric of every service: where no action decides on several, nothing counts it.
 */
export const CONTENDED = 'Contended';

/** Writes a plan. @param met is told of each type of which something had moved meanwhile */
export const contended =
  (write: Store['write'], met: (type: string) => void): Store['write'] =>
  async (plan, deadlineMs) => {
    const written = await write(plan, deadlineMs);
    for (const type of new Set(typesMoved(plan, written))) met(type);
    return written;
  };

const typesMoved = ({ beside }: Plan, written: Written): readonly string[] =>
  'refused' in written
    ? beside.flatMap((each) => {
        if (!written.refused.has(each.label)) return [];
        if ('check' in each) return [typeOf(each.check.pk)];
        return 'change' in each ? [typeOf(each.change.pk)] : [];
      })
    : [];

const typeOf = (pk: string): string => pk.slice(0, pk.indexOf('#'));
