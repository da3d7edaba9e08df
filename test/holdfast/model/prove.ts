import { cpus } from 'node:os';
import { defineCommand } from '../../../lib/holdfast/cli/command/command.ts';
import { seedOf, wholeNumber } from '../prove/whole-number.ts';
import { findCounterExample, type Tally, unseen } from './counter-example.ts';

/** So many meet what happens once in thousands. */
const PROGRAMS = '10000';

/** Between two lines of progress, in programs. */
const EVERY = 250;

/** Runs concurrent programs against the local cloud, and checks their histories against the sequential model. */
export const proof = defineCommand({
  name: 'model',
  summary: 'concurrent programs of several people, and their history against a sequential model',
  options: {
    programs: { value: 'N', summary: 'how many are run', default: PROGRAMS },
    seed: { value: 'N', summary: 'the same programs as under that seed before (a new one)' },
    path: { value: 'PATH', summary: 'the one program that was printed with it' },
    root: { value: 'DIR', summary: 'a copy of the repository, with a change to be found' },
  },
  async run({ options: { programs, seed, path, root } }) {
    const held = await prove({
      programs: wholeNumber('programs', programs),
      seed: seedOf(seed) ?? Date.now() % 1_000_000_000,
      ...(path !== undefined && { path }),
      ...(root !== undefined && { root }),
    });
    return held ? 0 : 1;
  },
});

/** Which programs are run, of which copy. */
interface Choice {
  readonly programs: number;
  readonly seed: number;
  readonly path?: string;
  readonly root?: string;
}

async function prove(options: Choice): Promise<boolean> {
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
