import { copyRepository } from '../support/copy.ts';
import { addActions, synthesizeCopy } from '../support/many-actions.ts';
import { ratio, table } from './figures.ts';

const COUNTS = [10, 50, 100];

/** One synthesis. */
export interface Synth {
  /** Actions beside those of the sample. */
  readonly added: number;
  readonly seconds: number;
  /** Of the largest stack, and of all. */
  readonly largest: number;
  readonly resources: number;
}

/** Time of a whole synthesis, bundles and validation included, against the number of actions beside the sample's. */
export async function measureSynth(): Promise<readonly Synth[]> {
  const measured: Synth[] = [];
  for (const added of COUNTS) {
    const copy = await copyRepository();
    try {
      await addActions(copy, added);
      const { seconds, counts } = await synthesizeCopy(copy, 'production');
      const all = counts.map(({ resources }) => resources);
      measured.push({
        added,
        seconds,
        largest: Math.max(...all),
        resources: all.reduce((sum, each) => sum + each, 0),
      });
    } finally {
      await copy.remove();
    }
  }
  return measured;
}

/** Prints it, each beside the first. */
export function printSynth(measured: readonly Synth[]): void {
  console.log('synthesis of production, by actions added');
  table([
    ['actions added', 'seconds', 'ratio', 'largest stack', 'resources'],
    ...measured.map(({ added, seconds, largest, resources }) => [
      String(added),
      seconds.toFixed(1),
      ratio(seconds, measured[0]?.seconds ?? Number.NaN),
      String(largest),
      String(resources),
    ]),
  ]);
}
