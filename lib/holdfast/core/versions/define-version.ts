import type * as z from 'zod';

type Members = Readonly<Record<string, unknown>>;

/**
 * The members of a shape that differ between a version and the next newer one; all others are the same in both. Members
 * of `newer` that are not in `older` did not exist then, and the other way around.
 */
export interface MemberChange {
  readonly older: z.ZodObject;
  readonly newer: z.ZodObject;
  readonly up: (older: Members) => Members;
  readonly down: (newer: Members) => Members;
  /** By a newer JSON pointer: where its value stands in the older shape. @default the longest part of it that is there */
  readonly pointers: Readonly<Record<string, string>>;
}

/** What a version has otherwise than the next newer one, of one resource. */
export interface ResourceChange {
  /** Of the resource as it is shown. @default nothing */
  readonly representation?: MemberChange;
  /** Of what its actions take, by their names. @default nothing */
  readonly inputs?: Readonly<Record<string, MemberChange>>;
  /** States that had another name: from the older name to the newer one. @default none */
  readonly states?: Readonly<Record<string, string>>;
  /**
   * Filters of its lists that had another name: from the older name to the newer one. A member that `representation` has otherwise and a list is
   * asked by stands here in any case, under its own name where that is the same. @default none
   */
  readonly filters?: Readonly<Record<string, string>>;
}

/** One older version of the contract, by what is different from the next newer one. */
export interface VersionDefinition {
  /** The date of the contract, `2026-05-01`; the file is named like it. */
  readonly version: string;
  /** One sentence for its clients: what is different. */
  readonly summary: string;
  /** Date from which its clients are told to move on (RFC 9745). */
  readonly deprecated: string;
  /** Date from which it is refused (RFC 8594). */
  readonly sunset: string;
  /**
   * Days that a client has, from the last time that it was seen, until the version may end sooner than clients were told:
   * `npm run deploy` holds it against what the stage has counted. @default {@link NOTICE_DAYS}
   */
  readonly noticeDays?: number;
  /** By the name of the resource. */
  readonly changes: Readonly<Record<string, ResourceChange>>;
}

/** A client that calls once in a quarter has still three months, seen just before its next call. */
export const NOTICE_DAYS = 180;

/**
 * A change of members, typed on both sides. `up` and `down` are pure and total on what their schemas accept, and
 * `up(down(x))` is `x`.
 */
export function changeMembers<Older extends z.ZodObject, Newer extends z.ZodObject>(change: {
  readonly older: Older;
  readonly newer: Newer;
  up(older: z.output<Older>): z.input<Newer>;
  down(newer: z.output<Newer>): z.input<Older>;
  readonly pointers?: Readonly<Record<string, string>>;
}): MemberChange {
  return { pointers: {}, ...change } as unknown as MemberChange;
}

const isDate = (value: string) =>
  /^\d{4}-\d{2}-\d{2}$/.test(value) && new Date(value).toISOString().startsWith(value);

/**
 * Checks and returns the definition. Nothing else lists it: every answer, input, list and history passes it.
 * @throws Error that names the fault and the remedy
 */
export function defineVersion(definition: VersionDefinition): VersionDefinition {
  if (typeof HOLDFAST_CHECKED === 'undefined') checkDefinition(definition);
  return definition;
}

function checkDefinition(definition: VersionDefinition): void {
  const { version, deprecated, sunset, noticeDays = NOTICE_DAYS, changes } = definition;
  const fail = (fault: string) => {
    throw new Error(`version '${version}': ${fault}`);
  };
  for (const [name, date] of Object.entries({ version, deprecated, sunset })) {
    if (!isDate(date)) fail(`${name} '${date}' is not a date; write it as YYYY-MM-DD`);
  }
  if (sunset <= deprecated) fail(`sunset ${sunset} is not after deprecated ${deprecated}; move one of them`);
  if (!Number.isInteger(noticeDays) || noticeDays < 1)
    fail(`noticeDays is ${noticeDays}; give a whole number of days, 1 or more`);
  for (const [resource, { states = {} }] of Object.entries(changes)) {
    const newer = Object.values(states);
    const twice = newer.find((state, i) => newer.indexOf(state) !== i);
    if (twice !== undefined)
      fail(`states of '${resource}' lead to '${twice}' twice; a state had one name at a time`);
  }
}
