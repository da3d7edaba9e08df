import { NOTICE_DAYS, type VersionDefinition } from '../../core/versions/define-version.ts';
import { clientsOf, countedSince, earliestEnd, listed, RECENT_DAYS, type Usage } from './usage.ts';

/** A version, as far as the table tells of it. */
type Older = Pick<VersionDefinition, 'version' | 'deprecated' | 'sunset' | 'noticeDays'>;

/** What is told. */
export interface VersionFacts {
  readonly newest: string;
  readonly older: readonly Older[];
  readonly usage: Usage;
  /** RFC 3339 date. */
  readonly today: string;
}

/** Who uses which version, since when that is known, and which of them may go: lines for a person. */
export function versionsTable({ newest, older, usage, today }: VersionFacts): readonly string[] {
  const down = older.toSorted((a, b) => b.version.localeCompare(a.version));
  const rows = [
    ['version', 'state', 'client', 'last seen', `requests in ${RECENT_DAYS} days`],
    ...rowsOf(newest, 'current', usage, today),
    ...down.flatMap((each) => rowsOf(each.version, stateOf(each, today), usage, today)),
  ];
  const since = countedSince(usage);
  return [
    ...aligned(rows),
    '',
    since === undefined
      ? 'nothing has been counted yet, which does not tell that nobody calls'
      : `counted since ${since}; days are in UTC`,
    ...down.map((each) => verdict(each, usage, today)),
  ];
}

const stateOf = ({ deprecated, sunset }: Older, today: string): string => {
  if (sunset <= today) return `ended on ${sunset}`;
  return `${deprecated <= today ? 'deprecated' : `deprecated from ${deprecated}`}, ends on ${sunset}`;
};

function rowsOf(version: string, state: string, usage: Usage, today: string): readonly string[][] {
  const clients = clientsOf(usage, version, today);
  if (clients.length === 0) return [[version, state, '–', 'never', '0']];
  return clients.map(({ client, lastSeen, recentRequests }, i) => [
    ...(i === 0 ? [version, state] : ['', '']),
    client,
    lastSeen,
    recentRequests.toLocaleString('en'),
  ]);
}

/** What may become of a version, in one sentence. */
function verdict({ version, sunset, noticeDays = NOTICE_DAYS }: Older, usage: Usage, today: string): string {
  const [last] = clientsOf(usage, version, today);
  if (sunset <= today) {
    const late = clientsOf(usage, version, today).filter(({ lastSeen }) => lastSeen >= sunset);
    const [latest] = late;
    return latest === undefined
      ? `${version} may go: it ended on ${sunset}`
      : `${version} ended on ${sunset}, and is still sent by ${listed(late.map(({ client }) => client))}, last on ${latest.lastSeen}: all that they get is refused, but replays`;
  }
  const earliest = earliestEnd(usage, version, noticeDays, today);
  const since = last?.lastSeen ?? countedSince(usage);
  if (earliest <= today) return `${version} may go: nobody has used it since ${since}`;
  const from =
    earliest < sunset
      ? `it may end on ${earliest}, after ${noticeDays} days of notice`
      : `it ends on ${sunset}, as its clients were told`;
  if (last !== undefined)
    return `${version} is still used by ${last.client}, last on ${last.lastSeen}: ${from}`;
  return since === undefined
    ? `${version}: whether anybody uses it is not known; ${from}`
    : `${version}: nobody has used it since ${since}, and what came before was not counted; ${from}`;
}

/** Columns as wide as their widest cell; the last one, of numbers, to the right. */
function aligned(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, i) => (i === row.length - 1 ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0)))
      .join('  '),
  );
}
