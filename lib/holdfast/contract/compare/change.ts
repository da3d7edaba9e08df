/** One difference between two documents, at one route. */
export interface Difference {
  readonly breaking: boolean;
  /** What differs, the same at every route: `response /reference: removed`. */
  readonly id: string;
  /** Whom it affects, and how; `{client}` stands for the clients of the route. */
  readonly sentence: string;
}

/** A difference; the sentence goes on after whom it affects. */
export const fact = (breaking: boolean, id: string, sentence: string): Difference => ({
  breaking,
  id,
  sentence: `{client} ${sentence}`,
});

/** The same difference at every route that has it. */
export interface Change extends Difference {
  readonly routes: readonly string[];
}

/** As many routes are named in a sentence; of a change to what all share, nobody would read all. */
const NAMED = 3;

/** One change for each sentence, with the routes whose clients it is about; the breaking ones first. */
export function changesOf(byRoute: ReadonlyMap<string, readonly Difference[]>): readonly Change[] {
  const all = [...byRoute].flatMap(([route, differences]) => differences.map((each) => ({ route, ...each })));
  const grouped = [...Map.groupBy(all, ({ id, sentence }) => `${id}\n${sentence}`).values()];
  const changes = grouped.flatMap((same) => {
    const routes = [...new Set(same.map(({ route }) => route))];
    return same.slice(0, 1).map(({ id, breaking, sentence }) => ({
      id,
      breaking,
      routes,
      sentence: sentence.replace('{client}', clientsOf(routes)),
    }));
  });
  return changes.toSorted((a, b) => Number(b.breaking) - Number(a.breaking));
}

function clientsOf(routes: readonly string[]): string {
  const named = routes.slice(0, NAMED).join(', ');
  const more = routes.length - NAMED;
  return `a client of ${named}${more > 0 ? ` and ${more} more` : ''}`;
}
