import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, stop } from 'esbuild';
import { bundleOptions } from '../../cdk/bundles/bundle.ts';
import { allEntries, type DeclaredEntry } from '../../cdk/bundles/function-entry.ts';
import { service } from '../../service/project.ts';
import type { Registry } from '../../service/registry.ts';
import { HostedFunction } from './hosted-function.ts';

/** Values of the variables that functions have, wherever they run. */
const VALUES: Readonly<Record<string, string>> = {
  ALLOW_ORIGIN: '*',
  DEFAULT_API_VERSION: service.apiVersion,
  HISTORY_TABLE: 'HistoryTable',
  IDEMPOTENCY_TABLE: 'IdempotencyTable',
  RECORDS_TABLE: 'RecordsTable',
};

const PLATFORM = {
  AWS_ACCESS_KEY_ID: 'none',
  AWS_SECRET_ACCESS_KEY: 'none',
  AWS_REGION: 'eu-west-1',
  // Nothing is there: the function's own HTTP client is put in place of the network.
  AWS_ENDPOINT_URL: 'http://aws.invalid',
  // No file of this machine's is read.
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  POWERTOOLS_LOG_LEVEL: 'SILENT',
  STAGE: 'local',
  TZ: 'UTC',
};

/** What functions have beside the tables. */
interface Beside {
  /** Values of other variables. */
  readonly values?: Readonly<Record<string, string>>;
  /** Functions that the service does not have. */
  readonly more?: readonly DeclaredEntry[];
  /** Answers to calls that make no step. */
  readonly aside?: Readonly<Record<string, string>>;
}

/** Functions as they are deployed, in threads of their own, that reach nothing but what they are told. */
export class Stand {
  readonly #folder: string;
  readonly #entries: ReadonlyMap<string, DeclaredEntry>;
  readonly #values: Readonly<Record<string, string>>;
  readonly #functions = new Map<string, HostedFunction>();

  readonly #aside: Readonly<Record<string, string>>;
  readonly #apart: boolean;

  private constructor(
    folder: string,
    entries: readonly DeclaredEntry[],
    { values = {}, aside = {} }: Beside,
    apart = false,
  ) {
    this.#folder = folder;
    this.#entries = new Map(entries.map((entry) => [entry.name, entry]));
    this.#values = { ...VALUES, ...values };
    this.#aside = aside;
    this.#apart = apart;
  }

  /**
   * Bundles functions as a deployment does.
   * @param names which; those of the service, and of `beside.more`
   */
  static async of(registry: Registry, names: readonly string[], beside: Beside = {}): Promise<Stand> {
    const all = [...allEntries(registry), ...(beside.more ?? [])];
    const entries = all.filter(({ name }) => names.includes(name));
    const missing = names.filter((name) => !entries.some((entry) => entry.name === name));
    if (missing.length > 0)
      throw new Error(
        `there is no function ${missing.join(', ')}; choose from ${all.map(({ name }) => name).join(', ')}`,
      );
    const folder = await mkdtemp(join(tmpdir(), 'holdfast-explore-'));
    await build(bundleOptions(entries, { outdir: folder, mode: 'deploy', site: {} }));
    await stop();
    return new Stand(folder, entries, beside);
  }

  /** A function by its name. */
  function(name: string): HostedFunction {
    const known = this.#functions.get(name) ?? this.#host(name);
    this.#functions.set(name, known);
    return known;
  }

  /** How often functions were run. */
  get runs(): number {
    return [...this.#functions.values()].reduce((sum, { runs }) => sum + runs, 0);
  }

  /**
   * The same functions, which know nothing of what these were told.
   * @param apart whether one that has made a call again is told from one that made it once: to prove that nothing is lost
   */
  afresh(apart = false): Stand {
    const beside = { values: this.#values, aside: this.#aside };
    return new Stand(this.#folder, [...this.#entries.values()], beside, apart);
  }

  /** Ends the threads of its functions. */
  async end(): Promise<void> {
    await Promise.all([...this.#functions.values()].map((each) => each.close()));
    this.#functions.clear();
  }

  /** Ends them, and removes the bundles. */
  async close(): Promise<void> {
    await this.end();
    await rm(this.#folder, { recursive: true, force: true });
  }

  #host(name: string): HostedFunction {
    const entry = this.#entries.get(name);
    if (entry === undefined) throw new Error(`function ${name} was not bundled`);
    const environment = entry.needs.environment.map((variable) => {
      const value = this.#values[variable];
      if (value === undefined) throw new Error(`function ${name} needs ${variable}, which has no value here`);
      return [variable, value] as const;
    });
    return new HostedFunction({
      name,
      file: join(this.#folder, name, 'index.mjs'),
      aside: this.#aside,
      apart: this.#apart,
      environment: { ...PLATFORM, POWERTOOLS_SERVICE_NAME: name, ...Object.fromEntries(environment) },
    });
  }
}
