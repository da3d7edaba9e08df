/** Everything that outlives an invocation: items, their streams, tokens, whatever else a service keeps; each under a name. */
export class World {
  readonly #entries: ReadonlyMap<string, string>;
  #key: string | undefined;

  constructor(entries: ReadonlyMap<string, string> = new Map()) {
    this.#entries = entries;
  }

  get(name: string): string | undefined {
    return this.#entries.get(name);
  }

  /** Names and values of all that is under a prefix. */
  under(prefix: string): readonly (readonly [name: string, value: string])[] {
    return [...this.#entries]
      .filter(([name]) => name.startsWith(prefix))
      .sort(([a], [b]) => (a < b ? -1 : 1));
  }

  /** The same world with other values under these names; undefined for none. */
  with(changes: readonly (readonly [name: string, value: string | undefined])[]): World {
    const entries = new Map(this.#entries);
    for (const [name, value] of changes) {
      if (value === undefined) entries.delete(name);
      else entries.set(name, value);
    }
    return new World(entries);
  }

  /** Two worlds of one key are alike. */
  get key(): string {
    this.#key ??= [...this.#entries]
      .map(([name, value]) => `${idOf(name)}=${idOf(value)}`)
      .sort()
      .join();
    return this.#key;
  }
}

const ids = new Map<string, number>();

/** A short name of a text: the same for the same. */
export function idOf(text: string): number {
  const known = ids.get(text) ?? ids.size;
  ids.set(text, known);
  return known;
}

/** What a service answers, and what it has made of the world. */
export interface Reply {
  readonly world: World;
  readonly status: number;
  readonly body: string;
}
