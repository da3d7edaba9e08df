import fc from 'fast-check';
import { check } from './check.ts';
import { describe } from './describe.ts';
import type { History } from './history.ts';
import { LANES, type Laboratory, startLaboratory } from './laboratory.ts';
import { perform } from './perform.ts';
import { type Program, program } from './program.ts';
import { isWrite } from './sightings.ts';

/** What is searched. */
export interface Search {
  /** The same seed, the same programs. */
  readonly seed: number;
  /** How many are tried at most. */
  readonly programs: number;
  /** One program alone, by the path that was printed with it. @default all of them */
  readonly path?: string;
  /** Root of the repository that is run. @default this one */
  readonly root?: string;
  /** How long a smaller program is looked for; 0 for not at all. @default two minutes */
  readonly shrinkMs?: number;
  /** Is told of each program that has held. */
  readonly progress?: (tally: Tally) => void;
}

/** What was tried. */
export interface Tally {
  programs: number;
  requests: number;
  effects: number;
  replays: number;
  refusals: number;
  lost: number;
  faults: number;
}

/** What was tried, and the smallest program that was found to break a rule, with its history, for a person. */
export interface Finding {
  readonly tally: Tally;
  readonly counterExample: string | undefined;
}

/** So many programs are run on one service, before another takes its place: its memory grows with what it has done. */
const PER_LABORATORY = 1_000;

/** A smaller program that holds is tried again, in case that it fails by chance. */
const TRIES = 2;

/** A smaller program is not looked for any longer. */
const SHRINK_MS = 120_000;

/** A program that broke a rule, and what it showed. */
interface Broken {
  readonly path: string;
  readonly text: string;
}

/** Runs programs until one breaks a rule, and looks for a smaller one that does. */
export async function findCounterExample(search: Search): Promise<Finding> {
  const { seed, programs, path, root, progress, shrinkMs = SHRINK_MS } = search;
  const tally = { programs: 0, requests: 0, effects: 0, replays: 0, refusals: 0, lost: 0, faults: 0 };
  const held = (history: History) => {
    count(tally, history);
    progress?.(tally);
  };
  const all = fc.sample(
    program,
    path === undefined ? { seed, numRuns: programs } : { seed, path, numRuns: 1 },
  );
  for (let from = 0; from < all.length; from += PER_LABORATORY) {
    const laboratory = await startLaboratory(root);
    try {
      const broken = await firstBroken(laboratory, all.slice(from, from + PER_LABORATORY), held);
      if (broken === undefined) continue;
      const first = { path: path ?? String(from + broken.index), text: broken.text };
      const isSmallest = path !== undefined || shrinkMs === 0;
      const found = isSmallest ? first : await smallest(laboratory, seed, shrinkMs, first);
      const again = `npm run prove -- model --seed ${seed} --path ${found.path}`;
      return { tally, counterExample: `${found.text}\n\n${again}` };
    } finally {
      await laboratory.close();
    }
  }
  return { tally, counterExample: undefined };
}

/** Runs programs side by side; the first that breaks a rule ends them. */
async function firstBroken(
  laboratory: Laboratory,
  programs: readonly Program[],
  held: (history: History) => void,
): Promise<{ readonly index: number; readonly text: string } | undefined> {
  const left = programs.entries();
  const broken: { index: number; text: string }[] = [];
  const lane = async () => {
    for (const [index, tried] of left) {
      const text = await attempt(tried, laboratory, held);
      if (text !== undefined) broken.push({ index, text });
      if (broken.length > 0) return;
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return broken[0];
}

/** What is wrong with a program's history, for a person; undefined where nothing is. */
async function attempt(
  tried: Program,
  laboratory: Laboratory,
  held: (history: History) => void = () => undefined,
): Promise<string | undefined> {
  let history: History | undefined;
  try {
    history = await perform(tried, laboratory);
    check(history);
    held(history);
    return undefined;
  } catch (error) {
    return `${error}\n\n${history === undefined ? 'it came to no end' : describe(history)}`;
  }
}

/** The smallest program that is found to break a rule, of one that did. */
async function smallest(
  laboratory: Laboratory,
  seed: number,
  shrinkMs: number,
  first: Broken,
): Promise<Broken> {
  let { text } = first;
  const property = fc.asyncProperty(program, async (tried) => {
    for (let i = 0; i < TRIES; i++) {
      const failed = await attempt(tried, laboratory);
      if (failed === undefined) continue;
      text = failed;
      return false;
    }
    return true;
  });
  const { failed, counterexamplePath } = await fc.check(property, {
    seed,
    path: first.path,
    numRuns: 1,
    interruptAfterTimeLimit: shrinkMs,
  });
  if (!failed) return { ...first, text: `${text}\n\nit was seen once, and not again` };
  return { path: counterexamplePath ?? first.path, text };
}

/** What of a search did not occur at all: it has proven nothing. */
export const unseen = (tally: Tally): readonly string[] =>
  Object.entries(tally).flatMap(([what, count]) => (count === 0 ? [what] : []));

function count(tally: Tally, { sent, final }: History): void {
  const writes = sent.filter(isWrite);
  tally.programs++;
  tally.requests += sent.length;
  tally.effects += final.reduce((sum, { history }) => sum + Number(history.json.currentVersion), 0);
  tally.replays += writes.filter(({ answer }) => answer?.replayed).length;
  tally.refusals += writes.filter(({ answer }) => answer && answer.status >= 400).length;
  tally.lost += sent.filter(({ answer }) => answer === undefined).length;
  tally.faults += sent.flatMap(({ calls }) => calls).filter((call) => call.includes(':')).length;
}
