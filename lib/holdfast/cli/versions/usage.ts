import type { Sighting } from '../../core/versions/sightings.ts';

/** What has been seen of a stage's clients; nothing where nothing has been counted yet. */
export type Usage = readonly Sighting[];

/** What is known of a client that speaks a version. */
export interface ClientUsage {
  readonly client: string;
  /** RFC 3339 date, in UTC. */
  readonly lastSeen: string;
  /** In the last {@link RECENT_DAYS} days, today's with them. */
  readonly recentRequests: number;
}

export const RECENT_DAYS = 30;

const DAY_MS = 24 * 3_600_000;

/** The date that comes so many days after another. */
export const addDays = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);

const newest = (days: readonly string[]): string | undefined => days.toSorted().at(-1);

/** Since when there are counts: what came before is not known, and is not nobody. */
export const countedSince = (usage: Usage): string | undefined => usage.map(({ day }) => day).toSorted()[0];

/** Clients of a version, the one that was seen last first. */
export function clientsOf(usage: Usage, version: string, today: string): readonly ClientUsage[] {
  const own = usage.filter((sighting) => sighting.version === version);
  const first = addDays(today, 1 - RECENT_DAYS);
  return [...Map.groupBy(own, ({ client }) => client)]
    .map(([client, sightings]) => ({
      client,
      lastSeen: newest(sightings.map(({ day }) => day)) ?? '',
      recentRequests: sightings
        .filter(({ day }) => day >= first)
        .reduce((sum, { requests }) => sum + requests, 0),
    }))
    .toSorted((a, b) => b.lastSeen.localeCompare(a.lastSeen) || a.client.localeCompare(b.client));
}

/**
 * The first day on which a version may end without the notice of whoever was seen last being cut short. Where nobody was seen,
 * the notice runs from when counting began, and where nothing has been counted, from today.
 */
export function earliestEnd(usage: Usage, version: string, noticeDays: number, today: string): string {
  const [last] = clientsOf(usage, version, today);
  return addDays(last?.lastSeen ?? countedSince(usage) ?? today, noticeDays);
}

/** Names, joined for a sentence: `a, b and c`. */
export const listed = (names: readonly string[]): string =>
  [names.slice(0, -1).join(', '), ...names.slice(-1)].filter((part) => part !== '').join(' and ');
