import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Invocation, Outcome } from './function-worker.ts';

/** A function as its template and its bundle describe it. */
export interface FunctionDefinition {
  readonly name: string;
  readonly arn: string;
  /** Its bundle. */
  readonly file: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly memoryMb: number;
}

/** A function that gave no answer: it threw, ran out of time or memory, or ended its process. */
export class FunctionError extends Error {
  /** @param name what Lambda would call `errorType` */
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

// Jest has a `node:module` of its own, without it.
const { stripTypeScriptTypes } = process.getBuiltinModule('node:module');

/** A file of the kit, that imports no other, as a thread runs it; in the package it is JavaScript already. */
export function threadOf(folder: string, name: string): URL {
  const extension = extname(import.meta.filename);
  const text = readFileSync(join(folder, name + extension), 'utf8');
  const plain = extension === '.ts' ? stripTypeScriptTypes(text) : text;
  return new URL(`data:text/javascript,${encodeURIComponent(`${plain}\n//# sourceURL=${name}${extension}`)}`);
}

/**
 * What a thread runs, without its types: a thread that strips them itself loads a compiler for it, which takes half as
 * long again and three times the memory of a plain one. Its own name stands in stacks in place of all its text.
 */
const WORKER = threadOf(import.meta.dirname, 'function-worker');

/** Functions make short-lived objects of kilobytes; left alone, each thread would take 48 MB for such before it tidies up. */
const YOUNG_GENERATION_MB = 4;

/** One Lambda execution environment: a thread with the function's own environment, one invocation at a time. */
export class ExecutionEnvironment {
  readonly definition: FunctionDefinition;
  readonly #worker: Worker;
  readonly #ready: Promise<void>;
  #ended = false;
  #invocation: Invocation | undefined;

  constructor(definition: FunctionDefinition, log: (line: string) => void) {
    this.definition = definition;
    this.#worker = new Worker(WORKER, {
      env: { ...definition.environment },
      execArgv: ['--no-warnings'],
      workerData: {
        file: pathToFileURL(definition.file).href,
        functionName: definition.name,
        memoryMb: definition.memoryMb,
        arn: definition.arn,
      },
      resourceLimits: {
        maxOldGenerationSizeMb: definition.memoryMb,
        maxYoungGenerationSizeMb: YOUNG_GENERATION_MB,
      },
      stdout: true,
      stderr: true,
    });
    for (const stream of [this.#worker.stdout, this.#worker.stderr])
      createInterface({ input: stream }).on('line', log);
    this.#worker.on('exit', () => {
      this.#ended = true;
    });
    this.#ready = this.#next().then((message) => {
      if ('error' in message) throw new FunctionError(message.error.name, message.error.message);
    });
    // It is heard where it is awaited; a start that nobody awaits any more may fail unheard.
    this.#ready.catch(() => undefined);
  }

  /** Whether it cannot be used any more. */
  get ended(): boolean {
    return this.#ended;
  }

  /** What it is at. */
  get invocation(): Invocation | undefined {
    return this.#invocation;
  }

  /**
   * Invokes the function. Its time begins when it is ready; one that fails to answer in it is ended.
   * @param event JSON
   * @returns JSON
   * @throws FunctionError
   */
  async invoke(event: string): Promise<string> {
    const { timeoutMs, name } = this.definition;
    try {
      await this.#ready;
    } catch (error) {
      await this.end();
      throw error;
    }
    const deadline = Date.now() + timeoutMs;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      const message = `${name} timed out after ${timeoutMs / 1000} seconds`;
      timer = setTimeout(() => reject(new FunctionError('Sandbox.Timedout', message)), timeoutMs);
    });
    this.#invocation = { event, deadline, requestId: randomUUID(), traceId: newTraceId() };
    this.#worker.postMessage(this.#invocation);
    try {
      const outcome = (await Promise.race([this.#next(), late])) as Outcome;
      if ('error' in outcome) throw new FunctionError(outcome.error.name, outcome.error.message);
      return outcome.payload;
    } catch (error) {
      if (error instanceof FunctionError && error.name === 'Sandbox.Timedout') await this.end();
      throw error;
    } finally {
      clearTimeout(timer);
      this.#invocation = undefined;
    }
  }

  async end(): Promise<void> {
    this.#ended = true;
    await this.#worker.terminate();
  }

  /** The next message; a thread that ends instead, by whatever it did, fails what it was doing. */
  async #next(): Promise<{ ready: true } | Outcome> {
    const waiting = new AbortController();
    const { signal } = waiting;
    const exited = once(this.#worker, 'exit', { signal }).then(([code]) => {
      throw new Error(`exited with code ${code}`);
    });
    try {
      const [message] = await Promise.race([once(this.#worker, 'message', { signal }), exited]);
      return message;
    } catch (error) {
      // Also emitted for an exception that nobody caught, a rejection that nobody handled, and memory that ran out.
      this.#ended = true;
      const { message = String(error) } = error as Partial<Error>;
      const what = message.startsWith('exited') ? message : `crashed: ${message}`;
      throw new FunctionError('Runtime.ExitError', `${this.definition.name} ${what}`);
    } finally {
      waiting.abort();
    }
  }
}

/** Version, time of the request in seconds, and 96 random bits: as X-Ray has them. */
const newTraceId = (): string =>
  `1-${Math.floor(Date.now() / 1000).toString(16)}-${randomBytes(12).toString('hex')}`;
