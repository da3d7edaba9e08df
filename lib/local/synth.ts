import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Site } from '../../functions/core/site-file.ts';
import type { StackTemplate } from '../templates.ts';

/** Whose tokens the local stage accepts. */
export interface LocalIdentity {
  readonly issuer: string;
  readonly audience: string;
  readonly jwksUri: string;
}

/** What the local cloud puts in place of the local stage's own settings. */
export interface LocalSettings {
  readonly identity: LocalIdentity;
  /** Where every partner is simulated, each below its name. */
  readonly partnersUrl: string;
}

/** A definition that does not synthesize; the message names file and remedy. */
export class SynthError extends Error {}

/** What follows from the definitions. */
export interface Synthesis {
  readonly stacks: readonly StackTemplate[];
  /** The documentation. */
  readonly site: Site;
}

/**
 * The templates of the CDK app, and its documentation, as its files are now.
 * @throws SynthError
 */
export async function synthesize(settings: LocalSettings): Promise<Synthesis> {
  const child = fork(join(import.meta.dirname, 'synth-child.ts'), [JSON.stringify(settings)], {
    // The validation of whole templates takes two seconds; `npm run synth` does it.
    env: { CDK_VALIDATION: 'false' },
    execArgv: ['--no-warnings'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit').then(([code]) => ({
    fault: `the CDK app ended with code ${code}`,
  }));
  const [answer] = await Promise.race([once(child, 'message'), ended.then((fault) => [fault])]);
  await ended;
  if (answer.fault !== undefined) throw new SynthError(answer.fault);
  return answer;
}
