import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';

// A definition that is written anew has to be loaded anew, which a fresh thread does; and its memory goes with it.
const outdir = await mkdtemp(join(tmpdir(), 'holdfast-synth-'));
try {
  const { buildApp } = await import('../app.ts');
  const app = await buildApp({ stage: 'local', identity: workerData.identity, bundles: 'none', outdir });
  const stacks = app.synth().stacks.map(({ stackName, template }) => ({ name: stackName, template }));
  parentPort?.postMessage({ stacks });
} catch (error) {
  parentPort?.postMessage({ fault: error instanceof Error ? error.message : String(error) });
} finally {
  await rm(outdir, { recursive: true, force: true });
}
