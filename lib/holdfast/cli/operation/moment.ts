const UNITS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const;

/** A span of time in its largest unit: `3 minutes`. */
function span(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  const [unit, size] = UNITS.find(([, each]) => seconds >= each) ?? (['second', 1] as const);
  const count = Math.floor(seconds / size);
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

/**
 * A moment after "since" or "at": `10:01:05 UTC (3 minutes ago)`, with its day where that is not today.
 * @param at RFC 3339
 */
export function clock(at: string, now: Date): string {
  const date = new Date(at);
  const iso = date.toISOString();
  const isToday = iso.slice(0, 10) === now.toISOString().slice(0, 10);
  const apart = now.getTime() - date.getTime();
  const distance = apart >= 0 ? `${span(apart)} ago` : `in ${span(-apart)}`;
  return `${isToday ? '' : `${iso.slice(0, 10)} `}${iso.slice(11, 19)} UTC (${distance})`;
}

/** When something is to happen next: what is due already is happening. */
export const next = (at: string, now: Date): string =>
  new Date(at).getTime() <= now.getTime() ? 'now' : moment(at, now);

/** When something happened, or will: `at 10:01:05 UTC (3 minutes ago)`. */
export const moment = (at: string, now: Date): string => `at ${clock(at, now)}`;
