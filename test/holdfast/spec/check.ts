import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Case, isWrong } from './cases.ts';

const run = promisify(execFile);

/** Milliseconds for one model: the largest takes six seconds with one fault on an idle core, and a minute with two. */
const LIMIT_MS = 600_000;

/** What Spin found out about a case. */
export interface Verdict {
  readonly errors: number;
  readonly states: number;
  readonly seconds: number;
  /** What went wrong first, in Spin's words. @default nothing did */
  readonly first?: string;
}

/**
 * What Spin and the compiler are missing of, in a line with its remedy.
 * @returns undefined where both are there
 */
export async function missing(): Promise<string | undefined> {
  for (const program of ['spin', 'gcc']) {
    const isThere = await run('sh', ['-c', `command -v ${program}`]).then(
      () => true,
      () => false,
    );
    if (!isThere) return `${program} is missing; install it: apt-get install spin gcc`;
  }
  return undefined;
}

/**
 * Every order of events of one case, with so many faults at most.
 * @throws Error where the search did not come to its end
 */
export async function check(each: Case, faults: number): Promise<Verdict> {
  const { model, switches } = each;
  const cwd = await mkdtemp(join(tmpdir(), 'holdfast-spec-'));
  const began = performance.now();
  try {
    await copyFile(join(import.meta.dirname, `${model}.pml`), join(cwd, 'model.pml'));
    await run('spin', ['-a', `-DF=${faults}`, ...switches, 'model.pml'], { cwd });
    // A wrong one dies within seconds: to compile it well would take longer.
    const level = isWrong(each) ? '-O0' : '-O2';
    const flags = ['-w', level, '-DSAFETY', '-DVECTORSZ=4096', '-DCOLLAPSE'];
    await run('gcc', [...flags, '-o', 'pan', 'pan.c'], { cwd });
    const { stdout } = await run(join(cwd, 'pan'), ['-m200000'], { cwd, timeout: LIMIT_MS });
    return { ...verdictOf(stdout), seconds: (performance.now() - began) / 1000 };
  } finally {
    await rm(cwd, { recursive: true });
  }
}

function verdictOf(told: string): Omit<Verdict, 'seconds'> {
  const errors = /errors: (\d+)/.exec(told)?.[1];
  const states = /(\d+) states, stored/.exec(told)?.[1];
  if (errors === undefined || states === undefined || told.includes('too small'))
    throw new Error(`the search did not come to its end:\n${told}`);
  const first = /^pan:\d+: (.*)$/m.exec(told)?.[1];
  return { errors: Number(errors), states: Number(states), ...(first !== undefined && { first }) };
}

/** Whether a case is as it has to be: a model holds, and a wrong one of it does not. */
export const isAsExpected = (each: Case, { errors }: Verdict): boolean => errors > 0 === isWrong(each);
