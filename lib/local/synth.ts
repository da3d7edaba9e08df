import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { StackTemplate } from './template.ts';

/** Whose tokens the local stage accepts. */
export interface LocalIdentity {
  readonly issuer: string;
  readonly audience: string;
  readonly jwksUri: string;
}

/** A definition that does not synthesize; the message names file and remedy. */
export class SynthError extends Error {}

/**
 * The templates of the CDK app as its files are now.
 * @throws SynthError
 */
export async function synthesize(identity: LocalIdentity): Promise<readonly StackTemplate[]> {
  const worker = new Worker(new URL('./synth-worker.ts', import.meta.url), {
    workerData: { identity },
    // The validation of whole templates takes two seconds; `npm run synth` does it.
    env: { CDK_VALIDATION: 'false', PATH: '' },
  });
  try {
    const [{ stacks, fault }] = await once(worker, 'message');
    if (fault !== undefined) throw new SynthError(fault);
    return stacks;
  } finally {
    await worker.terminate();
  }
}
