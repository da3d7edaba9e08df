import { existsSync } from 'node:fs';
import { join } from 'node:path';
import payouts from '../../../functions/actions/payouts/resource.ts';
import { ROOT } from '../../../lib/holdfast/service/project.ts';
import type { Copy } from '../support/copy.ts';
import { impatientCopy, type LedgerEntry } from '../support/operations.ts';
import { JOURNEYS, type Journey } from './journeys.ts';
import type { Own, Subject } from './outcome.ts';

/** A service in which journeys are made. */
export interface Ground {
  /** A copy that has it, with short timings. */
  copy(): Promise<Copy>;
  /** What journeys are made with. */
  readonly subject: Subject;
  /** Of the ids of all of its resources. */
  readonly idPrefixes: readonly string[];
  readonly partners: readonly string[];
  /** Of its people, besides those of operations. */
  readonly scopes: string;
  readonly journeys: readonly Journey[];
  readonly own: Own;
  /** What of a ledger stands: what was taken back is as if it had never been done. */
  standing(ledger: readonly LedgerEntry[]): readonly LedgerEntry[];
}

/** The sample. */
const SAMPLE: Ground = {
  async copy() {
    const copy = await impatientCopy();
    // Long enough to be cancelled, or to be found dead, before screening is asked what it has not said.
    await copy.edit('functions/partners/screening.ts', 'callbackSeconds: 2', 'callbackSeconds: 6');
    return copy;
  },
  subject: payouts,
  idPrefixes: [payouts.idPrefix],
  partners: ['bank', 'screening'],
  scopes: 'payouts:*',
  journeys: JOURNEYS,
  own: (_, { json }) => json.amount,
  standing: (ledger) => ledger.filter(({ state }) => state !== 'released'),
};

/** Where a second service is, which uses what the sample does not. */
const SECOND = join(ROOT, 'test/holdfast/orders/crashed.ts');

/** Every service in which journeys are made. */
export async function everyGround(): Promise<readonly Ground[]> {
  if (!existsSync(SECOND)) return [SAMPLE];
  const { GROUND }: { readonly GROUND: Ground } = await import(SECOND);
  return [SAMPLE, GROUND];
}
