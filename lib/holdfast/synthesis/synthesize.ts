import { fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { extname, join } from 'node:path';
import type { AppOptions } from '../cdk/app.ts';
import type { Nesting } from '../cdk/templates/nests.ts';
import type { StackTemplate } from '../cdk/templates/templates.ts';
import type { PlayedPartner } from '../core/partners/define-simulator.ts';
import type { Site } from '../core/site-file.ts';
import { ROOT } from '../service/project.ts';
import { Cache } from './cache.ts';
import { readSource } from './source.ts';

/** What is synthesized: always without bundles. */
export interface SynthesisOptions
  extends Pick<AppOptions, 'stage' | 'service' | 'identity' | 'settings' | 'partnersUrl' | 'keep'> {
  /** Makes the documentation too. @default false */
  readonly site?: boolean;
}

/** What follows from the definitions. */
export interface Synthesis {
  readonly stacks: readonly StackTemplate[];
  /** The nested stack that each function of a route has come to live in. */
  readonly nests: Nesting;
  /** The documentation; empty unless it was asked for. */
  readonly site: Site;
  /** How partners are played. */
  readonly partners: readonly PlayedPartner[];
  /** Names of partners that nobody plays. */
  readonly unplayed: readonly string[];
}

/** A definition that does not synthesize; the message names file and remedy. */
export class SynthError extends Error {}

/** Git ignores it, and so does whoever watches the source. */
const CACHE = join(ROOT, '.holdfast/synthesis');

/**
 * The templates of the CDK app as its files are now. They are a function of the source and of the options, so that what
 * was once made of the same source and options, by whichever process, is taken from disk.
 * @throws SynthError
 */
export async function synthesize(options: SynthesisOptions): Promise<Synthesis> {
  const source = await readSource(ROOT);
  const key = createHash('sha256').update(source.content).update(JSON.stringify(options)).digest('hex');
  const text = await new Cache(CACHE).get(key, async () => {
    const made = JSON.stringify(await synthesizeNow(options));
    // A file that was touched meanwhile may be in it as it was before or as it is after; nobody knows.
    const after = await readSource(ROOT);
    return { text: made, keep: after.content === source.content && after.touched === source.touched };
  });
  return JSON.parse(text);
}

/** All that the app sees of an environment, which would be in no key. */
const ENVIRONMENT = {
  // The validation of whole templates takes two seconds; `npm run synth` does it.
  CDK_VALIDATION: 'false',
  // Where Node.js keeps what it has compiled, if anywhere: a third of the time goes into reading the CDK.
  ...(process.env.NODE_COMPILE_CACHE && { NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE }),
};

async function synthesizeNow(options: SynthesisOptions): Promise<Synthesis> {
  const file = join(import.meta.dirname, `synth-child${extname(import.meta.filename)}`);
  const child = fork(file, [JSON.stringify(options)], {
    // The project is the one around the folder that a process is started in.
    cwd: ROOT,
    env: ENVIRONMENT,
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
