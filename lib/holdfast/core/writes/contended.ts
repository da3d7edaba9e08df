import { isSame, type Plan, type Store, type Written } from '../store/store.ts';

/**
 * A decision had to be made anew, since another one had changed a resource that it was made on besides its own; by the resource's
 * type. It is no metric of every service: where no action decides on several, nothing counts it.
 */
export const CONTENDED = 'Contended';

/** A store in which it is told. @param met of each type of which something had moved: before the write, or before a refusal was sent */
export function contended(store: Store, met: (type: string) => void): Store {
  const tell = (pks: readonly string[]) => {
    for (const type of new Set(pks.map(typeOf))) met(type);
  };
  return {
    ...store,
    async write(plan, deadlineMs) {
      const written = await store.write(plan, deadlineMs);
      tell(movedIn(plan, written));
      return written;
    },
    async loadTogether(read) {
      const standing = await store.loadTogether?.(read);
      const [, ...sides] = [...read].map(([pk, item], i) => ({ pk, hasMoved: !isSame(item, standing?.[i]) }));
      // Where somebody was writing one of them, it is not known which.
      if (standing !== undefined) tell(sides.filter(({ hasMoved }) => hasMoved).map(({ pk }) => pk));
      return standing;
    },
  };
}

const movedIn = ({ beside }: Plan, written: Written): readonly string[] =>
  'refused' in written
    ? beside.flatMap((each) => {
        if (!written.refused.has(each.label)) return [];
        if ('check' in each) return [each.check.pk];
        return 'change' in each ? [each.change.pk] : [];
      })
    : [];

const typeOf = (pk: string): string => pk.slice(0, pk.indexOf('#'));
