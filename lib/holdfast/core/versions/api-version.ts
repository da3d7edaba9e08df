import { Problem } from '../problems/problem.ts';
import type { VersionDefinition } from './define-version.ts';

/** A version of the contract, as the changes that lead from the newest to it. */
export interface ApiVersion {
  readonly date: string;
  /** The newest first; none for the newest version. The last one is its own. */
  readonly changes: readonly VersionDefinition[];
}

/** What of a version its shapes follow from. */
export type VersionChanges = Pick<ApiVersion, 'changes'>;

/** The shapes that the code has, those of the newest version: no change leads to them. */
export const NEWEST_SHAPES: VersionChanges = { changes: [] };

const byDateDown = (a: VersionDefinition, b: VersionDefinition) => (a.version < b.version ? 1 : -1);

/** The versions that there are: the newest, and each older one that a definition leads back to. */
export class ApiVersions {
  /** The newest first. */
  readonly all: readonly ApiVersion[];
  /** The version that the code speaks. */
  readonly newest: ApiVersion;
  readonly #pinned: string;

  /**
   * @param newest date of the version that the code speaks
   * @param pinned the version of a request that names none
   */
  constructor(definitions: readonly VersionDefinition[], newest: string, pinned = newest) {
    const older = definitions.toSorted(byDateDown);
    this.newest = { date: newest, ...NEWEST_SHAPES };
    this.all = [
      this.newest,
      ...older.map(({ version }, i) => ({ date: version, changes: older.slice(0, i + 1) })),
    ];
    this.#pinned = pinned;
  }

  /** The version that a request names, whether or not there is one of that name. */
  named(header: string | undefined): string {
    return header ?? this.#pinned;
  }

  /** The version of a date, served or ended. */
  of(date: string): ApiVersion | undefined {
    return this.all.find((version) => version.date === date);
  }

  /**
   * The version that a request asks for.
   * @param header value of `API-Version`; absent means the stage's own
   * @param now epoch milliseconds of the request
   * @throws Problem `unknown-api-version` for any but a served version, and for one that has ended
   */
  asked(header: string | undefined, now: number): ApiVersion {
    const date = this.named(header);
    const version = this.of(date);
    const sunset = version?.changes.at(-1)?.sunset;
    if (version !== undefined && !(sunset !== undefined && now >= Date.parse(sunset))) return version;
    const { date: newest } = this.newest;
    if (version !== undefined) throw unknown(`version ${date} ended on ${sunset}; use ${newest}`);
    const allowed = `send ${this.all.map((each) => each.date).join(' or ')}, or leave it out`;
    throw /^\d{4}-\d{2}-\d{2}$/.test(date)
      ? unknown(`API-Version names no version that is served; ${allowed}`)
      : unknown(`API-Version is not a date of the form YYYY-MM-DD; ${allowed}`);
  }
}

const unknown = (detail: string) => new Problem('unknown-api-version', { detail });

/**
 * Headers that tell the clients of an older version to move on: Deprecation (RFC 9745), Sunset (RFC 8594), and a Link to
 * what is written about it. None for the newest.
 * @param base path of the API itself, without a trailing slash
 */
export function deprecationHeaders({ changes }: ApiVersion, base: string): Readonly<Record<string, string>> {
  const own = changes.at(-1);
  if (own === undefined) return {};
  const page = `<${base}/docs/versions#${own.version}>`;
  return {
    Deprecation: `@${Date.parse(own.deprecated) / 1000}`,
    Sunset: new Date(own.sunset).toUTCString(),
    Link: `${page}; rel="deprecation"; type="text/html", ${page}; rel="sunset"; type="text/html"`,
  };
}
