import { VERSION_REQUESTS } from '../metric-names.ts';

/** The client of a token that names none. */
export const UNNAMED_CLIENT = 'unnamed';

/** How often a client spoke a version of the contract on one day. */
export interface Sighting {
  readonly version: string;
  /** Its id, or its name where it has one. */
  readonly client: string;
  /** RFC 3339 date, in UTC. */
  readonly day: string;
  readonly requests: number;
}

/** A line by which requests of a version are counted, as far as it is read here. */
interface Line {
  readonly timestamp?: string;
  readonly apiVersion?: string;
  readonly client?: string;
  readonly [VERSION_REQUESTS]?: number;
}

/** What the log of functions tells of clients and versions, day by day, where no CloudWatch reads it. */
export class Sightings {
  readonly #byDay = new Map<string, Sighting>();

  /** @param line one of the log, whatever it is about */
  add(line: string): void {
    const { apiVersion: version, client, timestamp, [VERSION_REQUESTS]: requests } = readLine(line);
    if (version === undefined || client === undefined || timestamp === undefined) return;
    if (requests === undefined) return;
    const day = timestamp.slice(0, 10);
    const key = JSON.stringify([version, client, day]);
    const before = this.#byDay.get(key)?.requests ?? 0;
    this.#byDay.set(key, { version, client, day, requests: before + requests });
  }

  toJSON(): readonly Sighting[] {
    return [...this.#byDay.values()];
  }
}

/** A function may print anything, half a line too: nobody is seen in what is none of ours. */
function readLine(line: string): Line {
  if (!line.startsWith('{"_aws":')) return {};
  try {
    return JSON.parse(line);
  } catch {
    return {};
  }
}
