import { FAULTS } from '../../../lib/holdfast/testing/crash/faults.ts';
import type { Point } from '../../../lib/holdfast/testing/crash/injector.ts';
import type { CrashCloud } from './cloud.ts';
import type { Journey } from './journeys.ts';
import { difference, makeJourney, type Trial } from './trial.ts';

/** One fault at one point of one journey. */
export interface Cell {
  readonly journey: Journey;
  readonly point: Point;
  readonly fault: string;
}

/** `held`: all is as if nothing had happened. `missed`: the journey did not come by the point this time. */
export type Result = 'held' | 'missed' | { readonly violation: string };

/** Attempts at a point that a journey passes at times: what is polled, and what is asked when something is slow. */
const TRIES = 3;

/** A journey that nothing befalls: what it comes to, and every point that it passes. */
export async function undisturbed(cloud: CrashCloud, journey: Journey): Promise<Trial> {
  const trial = await makeJourney(cloud, journey);
  const { state, made, operations, ledger } = trial.outcome;
  const once =
    made === 1 && operations.length <= 1 && ledger.every((line) => / asked 1 done [01] /.test(line));
  if (state !== journey.comesTo || !once)
    throw new Error(`'${journey.name}' comes to ${JSON.stringify(trial.outcome)}, undisturbed`);
  return trial;
}

/** Every fault at every point of a journey. */
export function cells(journey: Journey, { points }: Trial): readonly Cell[] {
  // A seat to wait on is no effect.
  const writers = new Set(
    points.filter(({ what }) => !/^(Get|Query|UpdateItem waits)/.test(what)).map(({ caller }) => caller),
  );
  // Who only reads is asked as often as somebody is curious.
  const kept = points.filter(({ caller, ordinal }) => ordinal === 1 || writers.has(caller));
  return kept.flatMap((point) => Object.keys(FAULTS).map((fault) => ({ journey, point, fault })));
}

/** What came of one cell, and of the journey that was struck. */
export interface Tried {
  readonly result: Result;
  readonly trial?: Trial;
}

/** Makes the journey with the fault at the point, and compares what it comes to. */
export async function tryCell(cloud: CrashCloud, cell: Cell, { outcome }: Trial): Promise<Tried> {
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    try {
      const trial = await makeJourney(cloud, cell.journey, cell);
      const violation = difference(outcome, trial.outcome);
      if (violation !== undefined) return { result: { violation } };
      if (trial.struck) return { result: 'held', trial };
    } catch (error) {
      return { result: { violation: error instanceof Error ? error.message : String(error) } };
    }
  }
  return { result: 'missed' };
}

/** Works on tasks, so many at a time. */
export async function inLanes<T>(tasks: readonly T[], lanes: number, work: (task: T) => Promise<void>) {
  const queue = [...tasks];
  const lane = async () => {
    for (let task = queue.shift(); task !== undefined; task = queue.shift()) await work(task);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}
