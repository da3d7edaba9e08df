/** What a simulated partner really did under one reference. */
export interface LedgerEntry {
  readonly partner: string;
  readonly reference: string;
  readonly body: unknown;
  /** How often it was asked to, under this reference. */
  asked: number;
  /** How often it did it: once, whatever happens. */
  done: number;
  /** Its word for what has become of it, `ERROR/AC04`; `new` before there is one. */
  word: string;
  /** The first part of the word. */
  state: string;
}

/** What an entry keeps of a word. */
export const saying = (word: string): Pick<LedgerEntry, 'word' | 'state'> => ({
  word,
  state: word.split('/')[0] ?? word,
});

/** What all simulated partners really did. */
export class Ledger {
  readonly #entries = new Map<string, LedgerEntry>();

  /** An entry, which is made where there is none: the partner has been asked once more. */
  asked(partner: string, reference: string, body: unknown): LedgerEntry {
    const key = `${partner}/${reference}`;
    const entry = this.#entries.get(key) ?? { partner, reference, body, asked: 0, done: 0, ...saying('new') };
    this.#entries.set(key, entry);
    entry.asked++;
    return entry;
  }

  find(partner: string, reference: string): LedgerEntry | undefined {
    return this.#entries.get(`${partner}/${reference}`);
  }

  get entries(): readonly LedgerEntry[] {
    return [...this.#entries.values()];
  }
}
