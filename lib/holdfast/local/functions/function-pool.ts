import { ExecutionEnvironment, type FunctionDefinition, FunctionError } from './execution-environment.ts';

/** Invokes functions by name, each in execution environments of its own that are made when they are needed. */
export class FunctionPool {
  readonly #concurrency: number;
  readonly #log: (line: string) => void;
  readonly #functions = new Map<string, FunctionEnvironments>();

  /** @param concurrency most environments that one function may have at once */
  constructor(concurrency: number, log: (line: string) => void) {
    this.#concurrency = concurrency;
    this.#log = log;
  }

  /** Uses these definitions from now on. What is under way ends on the old ones. */
  update(definitions: readonly FunctionDefinition[]): void {
    const names = new Set(definitions.map(({ name }) => name));
    for (const [name, environments] of this.#functions) {
      if (names.has(name)) continue;
      environments.retire();
      this.#functions.delete(name);
    }
    for (const definition of definitions) {
      const existing = this.#functions.get(definition.name);
      if (existing === undefined) {
        this.#functions.set(
          definition.name,
          new FunctionEnvironments(definition, this.#concurrency, this.#log),
        );
      } else {
        existing.update(definition);
      }
    }
  }

  /** Starts one environment of each function named, so that its first request need not wait for it. */
  warm(names: readonly string[]): void {
    for (const name of names) this.#functions.get(name)?.warm();
  }

  /**
   * @param event JSON
   * @returns JSON
   * @throws FunctionError
   */
  async invoke(name: string, event: string): Promise<string> {
    const environments = this.#functions.get(name);
    if (environments === undefined) throw new Error(`there is no function ${name}`);
    return environments.invoke(event);
  }

  /** Who is at a request, by its trace id; undefined when nobody is any more. */
  running(traceId: string): Running | undefined {
    for (const [name, environments] of this.#functions) {
      const environment = environments.running(traceId);
      const event = environment?.invocation?.event;
      if (environment !== undefined && event !== undefined)
        return { name, event, kill: () => environment.end() };
    }
    return undefined;
  }

  async end(): Promise<void> {
    await Promise.all([...this.#functions.values()].map((environments) => environments.end()));
  }
}

/** An invocation that is under way. */
export interface Running {
  readonly name: string;
  /** JSON */
  readonly event: string;
  /** Ends its execution environment at once, wherever it is. */
  kill(): Promise<void>;
}

/** The execution environments of one function. */
class FunctionEnvironments {
  #definition: FunctionDefinition;
  readonly #concurrency: number;
  readonly #log: (line: string) => void;
  readonly #all = new Set<ExecutionEnvironment>();
  readonly #idle: ExecutionEnvironment[] = [];
  readonly #waiting: PromiseWithResolvers<ExecutionEnvironment>[] = [];
  #ended = false;

  constructor(definition: FunctionDefinition, concurrency: number, log: (line: string) => void) {
    this.#definition = definition;
    this.#concurrency = concurrency;
    this.#log = log;
  }

  update(definition: FunctionDefinition): void {
    if (JSON.stringify(definition) === JSON.stringify(this.#definition)) return;
    this.#definition = definition;
    this.retire();
  }

  /** Ends what is idle; what is busy ends when it has answered. */
  retire(): void {
    for (const environment of this.#idle.splice(0)) this.#drop(environment);
  }

  warm(): void {
    if (this.#all.size === 0) this.#idle.push(this.#start());
  }

  async invoke(event: string): Promise<string> {
    const environment = await this.#take();
    try {
      return await environment.invoke(event);
    } finally {
      this.#giveBack(environment);
    }
  }

  running(traceId: string): ExecutionEnvironment | undefined {
    return [...this.#all].find(({ invocation }) => invocation?.traceId === traceId);
  }

  async end(): Promise<void> {
    this.#ended = true;
    for (const { reject } of this.#waiting.splice(0)) reject(this.#over());
    await Promise.all([...this.#all].map((environment) => environment.end()));
  }

  /** What is asked for after the end, which would start a thread that nobody ends. */
  #over(): FunctionError {
    return new FunctionError('Local.Closed', `${this.#definition.name} was ended`);
  }

  #start(): ExecutionEnvironment {
    const environment = new ExecutionEnvironment(this.#definition, this.#log);
    this.#all.add(environment);
    return environment;
  }

  #drop(environment: ExecutionEnvironment): void {
    this.#all.delete(environment);
    void environment.end();
  }

  async #take(): Promise<ExecutionEnvironment> {
    if (this.#ended) throw this.#over();
    for (let idle = this.#idle.pop(); idle !== undefined; idle = this.#idle.pop()) {
      if (!idle.ended) return idle;
      this.#drop(idle);
    }
    if (this.#all.size < this.#concurrency) return this.#start();
    const waiting = Promise.withResolvers<ExecutionEnvironment>();
    this.#waiting.push(waiting);
    return waiting.promise;
  }

  #giveBack(environment: ExecutionEnvironment): void {
    const stale = environment.definition !== this.#definition;
    if (environment.ended || stale) this.#drop(environment);
    const next = this.#waiting.shift();
    if (next !== undefined) next.resolve(environment.ended || stale ? this.#start() : environment);
    else if (!environment.ended && !stale) this.#idle.push(environment);
  }
}
