import { copyRepository } from '../support/copy.ts';
import { addActions, synthesizeCopy } from '../support/many-actions.ts';

const COUNTS = [10, 50, 100];

/** Time of a whole synthesis, bundles and validation included, against the number of actions beside the sample's. */
export async function benchSynth(): Promise<void> {
  console.log('synth, production, actions added      seconds   ratio   largest stack   resources');
  let base: number | undefined;
  for (const count of COUNTS) {
    const copy = await copyRepository();
    try {
      await addActions(copy, count);
      const { seconds, counts } = await synthesizeCopy(copy, 'production');
      base ??= seconds;
      const all = counts.map(({ resources }) => resources);
      const columns = [
        String(count).padEnd(35),
        seconds.toFixed(1).padStart(10),
        (seconds / base).toFixed(2).padStart(8),
        String(Math.max(...all)).padStart(16),
        String(all.reduce((sum, each) => sum + each, 0)).padStart(12),
      ];
      console.log(columns.join(''));
    } finally {
      await copy.remove();
    }
  }
}
