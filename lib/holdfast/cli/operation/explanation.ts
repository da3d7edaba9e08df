/** What is told, in this order: who has no time reads what to do, and no further. A section without a sentence is left out. */
export const HEADINGS = [
  'In short',
  'What the customer was told',
  'What to do now',
  'Never do this',
  'Tell the customer',
  'For the engineer',
  'Why it waits',
  'What happened',
  'What the partners said',
  'Who decided',
] as const;

export type Heading = (typeof HEADINGS)[number];

/** A sentence; or a command that is typed as it stands. */
export type Saying = string | { readonly run: string };

/** What is known of a case, in sentences: data, which text and page show the same. */
export interface Explanation {
  /** What it is about, in one line. */
  readonly title: string;
  /** When that was so: whoever is sent it reads it later. */
  readonly asOf: string;
  readonly sections: Readonly<Partial<Record<Heading, readonly Saying[]>>>;
  /** Members of the resource. */
  readonly members: readonly (readonly [name: string, value: string])[];
  /** Everything that happened, the oldest first. */
  readonly events: readonly Event[];
}

/** One line of a history. */
export interface Event {
  readonly at: string;
  readonly action: string;
  /** Step and attempt; empty where it is about none. */
  readonly about: string;
  readonly move: string;
  readonly by: string;
  /** What was said then, each with its name. */
  readonly said: readonly string[];
}

/** Sections that have something to say, in their order. */
export const sectionsOf = ({ sections }: Explanation): readonly (readonly [Heading, readonly Saying[]])[] =>
  HEADINGS.flatMap((heading) => {
    const sayings = sections[heading] ?? [];
    return sayings.length === 0 ? [] : [[heading, sayings] as const];
  });
