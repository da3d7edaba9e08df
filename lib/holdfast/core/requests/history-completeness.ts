import { isFinal } from '../operations/operation-progress.ts';
import { SYSTEM } from '../operations/operations.ts';

/** A row of a resource's history, as far as it tells whether one is missing. */
export interface HistoryEntry {
  /** The version; behind a point, that of the operation which the version has accepted. */
  readonly sk: string;
  readonly actor: string;
  readonly to: string;
  readonly operation?: string;
}

const versionsOf = (sk: string): readonly [version: number, operationVersion: number] => {
  const [version = '0', operationVersion = '0'] = sk.split('.');
  return [Number(version), Number(operationVersion)];
};

/**
 * The last version before which nothing is missing. Versions follow each other without a gap, those of an operation among
 * themselves too, and a version that the end of an operation has made stands behind that end.
 * @param entries in their order
 * @param after where they begin: everything up to there was read before
 */
export function completeTo(entries: readonly HistoryEntry[], after: string): number {
  let [version, operationVersion] = versionsOf(after);
  for (const entry of entries) {
    const [next, nextOfOperation] = versionsOf(entry.sk);
    const follows =
      nextOfOperation === 0
        ? next === version + 1 && isEndKnown(entry, entries, version > 0 && after !== '0')
        : next === version && nextOfOperation === operationVersion + 1;
    if (!follows) return version;
    [version, operationVersion] = [next, nextOfOperation];
  }
  return version;
}

/** Whether the operation that an entry is the end of is told to its end; where nothing of it is here, it may be before. */
function isEndKnown({ actor, operation }: HistoryEntry, entries: readonly HistoryEntry[], paged: boolean) {
  if (actor !== SYSTEM) return true;
  const told = entries.filter((entry) => entry.operation === operation && entry.sk.includes('.'));
  return told.length === 0 ? paged : told.some(({ to }) => isFinal(to));
}
