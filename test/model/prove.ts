import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { findCounterExample, type Tally, unseen } from './counter-example.ts';

const USAGE = `usage: npm run prove -- model [--programs N] [--seed N] [--path PATH] [--root DIR]
  --programs  how many programs are run (10000)
  --seed      the same programs as under that seed before (a new one)
  --path      the one program that was printed with it
  --root      a copy of the repository, with a change to be found`;

/** So many meet what happens once in thousands. */
const PROGRAMS = 10_000;

/** Between two lines of progress, in programs. */
const EVERY = 250;

/** Runs concurrent programs against the local cloud, and checks their histories against the sequential model. */
export async function prove(args: readonly string[]): Promise<boolean> {
  const options = readOptions(args);
  if (options === undefined) {
    console.error(USAGE);
    return false;
  }
  const started = performance.now();
  const { seed } = options;
  console.info(`seed ${seed}: ${cpus().length} cores, ${cpus()[0]?.model}, Node ${process.versions.node}`);
  const told = ({ programs, ...rest }: Tally) => {
    const counts = Object.entries(rest).map(([what, count]) => `${count} ${what}`);
    const minutes = ((performance.now() - started) / 60_000).toFixed(1);
    return `${programs} programs: ${counts.join(', ')}; ${minutes} min`;
  };
  const { tally, counterExample } = await findCounterExample({
    ...options,
    progress(sofar) {
      if (sofar.programs % EVERY === 0) console.info(told(sofar));
    },
  });
  console.info(told(tally));
  console.info(counterExample === undefined ? 'no violation' : `\n${counterExample}`);
  // A few programs may well see no fault; many that see none were not what they seem.
  const missing = tally.programs < EVERY ? [] : unseen(tally);
  if (missing.length > 0) console.info(`nothing is proven: there were no ${missing.join(', no ')}`);
  return counterExample === undefined && missing.length === 0;
}

function readOptions(args: readonly string[]) {
  try {
    const { programs, seed, path, root } = parseArgs({
      args: [...args],
      options: {
        programs: { type: 'string' },
        seed: { type: 'string' },
        path: { type: 'string' },
        root: { type: 'string' },
      },
    }).values;
    const numbers = {
      programs: Number(programs ?? PROGRAMS),
      seed: Number(seed ?? Date.now() % 1_000_000_000),
    };
    if (!Object.values(numbers).every((value) => Number.isSafeInteger(value) && value >= 0)) return undefined;
    return { ...numbers, ...(path !== undefined && { path }), ...(root !== undefined && { root }) };
  } catch {
    return undefined;
  }
}
