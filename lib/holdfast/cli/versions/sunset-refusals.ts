import { NOTICE_DAYS } from '../../core/versions/define-version.ts';
import type { VersionPromises } from '../../core/versions/version-promises.ts';
import { clientsOf, countedSince, earliestEnd, listed, type Usage } from './usage.ts';

/** What clients are told, and what they would be told. */
export interface Promises {
  readonly told: VersionPromises;
  readonly wanted: VersionPromises;
  /** RFC 3339 date. */
  readonly today: string;
}

/** A version that would end sooner than its clients were told. */
export interface NearerEnd {
  /** What `--accept-breaking` names, here and of `npm run record`. */
  readonly name: string;
  readonly version: string;
  /** The day on which it would end. */
  readonly end: string;
  /** The day that clients were told. @default none */
  readonly told?: string | undefined;
  readonly noticeDays: number;
}

/** Versions that would end sooner than their clients were told. One that has ended as it was told may be gone. */
export function nearerEnds({ told, wanted, today }: Promises): readonly NearerEnd[] {
  return Object.entries(told).flatMap(([version, { sunset: was, noticeDays }]) => {
    const is = wanted[version];
    const named = is === undefined ? today : is.sunset;
    // What is over cannot be moved, and what would have been over ends today.
    if (named === undefined || (was !== undefined && was <= today)) return [];
    const end = named < today ? today : named;
    if (was !== undefined && was <= end) return [];
    const name = is === undefined ? `${version} version: it is gone` : `${version} sunset: ${named}`;
    // What clients were told counts: the same release may not cut the notice short as well.
    return [{ name, version, end, told: was, noticeDays: noticeDays ?? is?.noticeDays ?? NOTICE_DAYS }];
  });
}

/** The stage that was asked, and what was found. */
export interface Evidence {
  readonly stage: string;
  readonly usage: Usage;
  readonly today: string;
}

/** Why a version may not end so soon: one sentence with client, day and the earliest date; undefined where it may. */
export function refusalOf(
  { version, end, told, noticeDays }: NearerEnd,
  { stage, usage, today }: Evidence,
): string | undefined {
  const earliest = earliestEnd(usage, version, noticeDays, today);
  if (end >= earliest) return undefined;
  const allowed = told !== undefined && told < earliest ? told : earliest;
  return `version ${version} would end on ${end}, and its clients were told ${told ?? 'no day'}: ${reason(version, { stage, usage, today })}; with ${noticeDays} days of notice it can end on ${allowed} at the earliest`;
}

function reason(version: string, { stage, usage, today }: Evidence): string {
  const clients = clientsOf(usage, version, today);
  const [last] = clients;
  if (last !== undefined) {
    const names = clients.filter(({ lastSeen }) => lastSeen === last.lastSeen).map(({ client }) => client);
    return `${listed(names)} used it on stage ${stage}, last on ${last.lastSeen}`;
  }
  const since = countedSince(usage);
  return since === undefined
    ? `nothing has been counted on stage ${stage}, which does not tell that nobody uses it`
    : `nobody has used it on stage ${stage} since ${since}, and what came before was not counted`;
}

/** Why a release may not come: a version would end sooner than whoever was seen last on the stage was promised. */
export const sunsetRefusals = (nearer: readonly NearerEnd[], evidence: Evidence): readonly string[] =>
  nearer.flatMap((each) => {
    const refusal = refusalOf(each, evidence);
    if (refusal === undefined) return [];
    const accept = `npm run deploy -- --stage ${evidence.stage} --accept-breaking '${each.name}'`;
    return [`${refusal}; move it there, or accept it: ${accept}`];
  });
