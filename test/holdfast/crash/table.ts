import { FAULTS } from '../../../lib/holdfast/testing/crash/faults.ts';
import type { Cell, Result } from './matrix.ts';

const SIGNS = { held: '·', missed: '-' };

/** More misses than this share of all, and nothing is proven: faults do not reach what they are meant for. */
const MOST_MISSED = 0.1;

/**
 * Prints a line for each point with its faults, and how many were tried.
 * @returns whether everything held, and hardly anything was missed
 */
export function printTable(results: ReadonlyMap<Cell, Result>, seed: number): boolean {
  const faults = Object.keys(FAULTS);
  const points = Map.groupBy(
    results.keys(),
    ({ journey, point }) => `${journey.name}: ${point.caller} ${point.what} ${point.ordinal}`,
  );
  const width = Math.max(...[...points.keys()].map(({ length }) => length)) + 2;
  console.log(`${''.padEnd(width)}${faults.join('  ')}`);
  for (const [name, cells] of points) {
    const signs = faults.map((fault) => {
      const cell = cells.find((each) => each.fault === fault);
      return sign(cell && results.get(cell)).padEnd(fault.length + 2);
    });
    console.log(`${name.padEnd(width)}${signs.join('')}`.trimEnd());
  }
  const count = (is: (result: Result) => boolean) => [...results.values()].filter(is).length;
  const violated = count((result) => typeof result === 'object');
  const missed = count((result) => result === 'missed');
  console.log(
    `\n${points.size} points × ${faults.length} faults: ${results.size} tried, ${count((r) => r === 'held')} held, ` +
      `${missed} missed (the journey did not come by again), ${violated} violated; seed ${seed}`,
  );
  return violated === 0 && results.size > 0 && missed <= results.size * MOST_MISSED;
}

const sign = (result: Result | undefined): string =>
  result === undefined ? '' : typeof result === 'object' ? 'VIOLATED' : SIGNS[result];
