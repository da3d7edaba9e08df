import type { Promised } from '../../contract/committed.ts';
import { sunsetOf } from '../../contract/compare/compare-documents.ts';
import type { GateChange } from '../../contract/gate.ts';
import type { VersionPromises } from '../../core/versions/version-promises.ts';
import { nearerEnds, refusalOf } from './sunset-refusals.ts';
import type { Usage } from './usage.ts';

/** Who is asked, and how long a client's notice is. */
export interface Asked {
  readonly stage: string;
  /** What the definitions have of each version. */
  readonly notice: VersionPromises;
  /** RFC 3339 date. */
  readonly today: string;
  /** What has been seen of these versions. */
  usageOf(versions: readonly string[]): Promise<Usage>;
}

/**
 * Changes of a contract, judged by who has been seen on a stage: that a version ends sooner breaks nobody where nobody has
 * used it for as long as its notice runs, and breaks those by name who have.
 */
export async function judged(
  changes: readonly GateChange[],
  { promised, current }: { readonly promised: Promised; readonly current: Promised },
  { stage, notice, today, usageOf }: Asked,
): Promise<readonly GateChange[]> {
  const [told, wanted] = [promisesOf(promised, notice), promisesOf(current, notice)];
  const nearer = nearerEnds({ told, wanted, today });
  if (nearer.length === 0) return changes;
  const usage = await usageOf([...new Set([...Object.keys(told), ...Object.keys(wanted)])]);
  return changes.map((change) => {
    const end = nearer.find(({ name }) => name === change.name);
    if (end === undefined || !change.breaking) return change;
    const refusal = refusalOf(end, { stage, usage, today });
    if (refusal !== undefined) return { ...change, sentence: refusal };
    const nobody = `nobody has used it on stage ${stage} for ${end.noticeDays} days`;
    return { ...change, breaking: false, sentence: `${change.sentence}; ${nobody}` };
  });
}

const promisesOf = ({ documents }: Promised, notice: VersionPromises): VersionPromises =>
  Object.fromEntries(
    [...documents].map(([version, document]) => {
      const sunset = sunsetOf(document);
      return [version, { ...notice[version], sunset }];
    }),
  );
