import { cpus, totalmem } from 'node:os';
import { benchBundles } from './bundles.ts';
import { benchSynth } from './synth.ts';

/** Prints every benchmark, each side by side with what it is measured against, in one run. */
const [cpu] = cpus();
console.log(
  `${cpus().length} × ${cpu?.model}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}\n`,
);
await benchBundles();
console.log();
await benchSynth();
