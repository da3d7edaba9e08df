import { describe, expect, test } from '@jest/globals';
import { findCounterExample, unseen } from './counter-example.ts';

/**
 * How many programs are run over the real protocols: `npm run prove -- model` for the long run. Of two or three requests the
 * explorer has every order, with a fault, under the same model (`test/holdfast/explore/schedules.test.ts`).
 */
const PROGRAMS = 30;

/** The same seed, the same programs: `SEED=… npx jest test/holdfast/model`. */
const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000);

describe(`${PROGRAMS} concurrent programs, seed ${SEED}`, () => {
  test('leave histories that one payout after the other explains', async () => {
    const { tally, counterExample } = await findCounterExample({ seed: SEED, programs: PROGRAMS });
    console.info(
      `seed ${SEED}: ${Object.entries(tally)
        .map(([what, count]) => `${count} ${what}`)
        .join(', ')}`,
    );

    expect(counterExample).toBeUndefined();
    expect(tally.programs).toBe(PROGRAMS);
    expect(unseen(tally)).toEqual([]);
  });
});
