import { isDeepStrictEqual } from 'node:util';
import {
  accepts,
  asSchema,
  type Direction,
  isClosed,
  type Schema,
  typesOf,
  valuesOf,
  variantsOf,
} from '../document/schema.ts';
import type { Difference } from './change.ts';
import { compareKeywords } from './compare-keywords.ts';
import { pairVariants } from './pair-variants.ts';

/** Where schemas are compared. */
export interface Place {
  readonly direction: Direction;
  /** What the sentence names: a JSON pointer into the body, `*` for each item, or a parameter. */
  readonly at: string;
  /** What the id begins with. */
  readonly part: string;
}

/** A difference at a place. What is narrower breaks those who send, what is wider those who read. */
export function difference(
  { direction, at, part }: Place,
  what: string,
  effect: 'narrower' | 'wider' | 'other',
): Difference {
  const breaking = effect === 'other' || (effect === 'narrower') === (direction === 'request');
  const verb = direction === 'request' ? 'sends' : 'reads';
  const outcome = direction === 'request' ? 'is refused' : 'meets what it does not know';
  const name = at === '' ? 'the body' : at;
  return {
    breaking,
    id: `${part}${at === '' ? '' : ` ${at}`}: ${what}`,
    sentence: breaking
      ? `{client} that ${verb} ${name} as before ${outcome}: ${what}`
      : `{client} that ${verb} ${name} goes on as before: ${what}`,
  };
}

/** What differs between two schemas, for those who send or read what they describe. */
export function compareSchemas(one: unknown, other: unknown, place: Place): readonly Difference[] {
  const [before, after] = [asSchema(one), asSchema(other)];
  if (isDeepStrictEqual(before, after)) return [];
  if (variantsOf(before) !== undefined || variantsOf(after) !== undefined)
    return compareVariants(before, after, place);
  const types = compareTypes(before, after, place);
  const nothingInCommon = !typesOf(before).some((type) => accepts(typesOf(after), type));
  if (nothingInCommon && !typesOf(after).some((type) => accepts(typesOf(before), type))) return types;
  return [
    ...types,
    ...compareValues(before, after, place),
    ...compareMembers(before, after, place),
    ...compareOthers(before, after, place),
    ...compareInner(before.items, after.items, place),
    ...compareKeywords(before, after, place.direction).map(({ what, effect }) =>
      difference(place, what, effect),
    ),
  ];
}

function compareTypes(before: Schema, after: Schema, place: Place): readonly Difference[] {
  const [was, is] = [typesOf(before), typesOf(after)];
  const [wasNamed, isNamed] = [was, is].map((types) => types.join(' or '));
  const what = `it was ${wasNamed}, and is ${isNamed}`;
  return [
    ...(was.every((type) => accepts(is, type)) ? [] : [difference(place, what, 'narrower')]),
    ...(is.every((type) => accepts(was, type)) ? [] : [difference(place, what, 'wider')]),
  ];
}

function compareValues(before: Schema, after: Schema, place: Place): readonly Difference[] {
  const [was, is] = [valuesOf(before), valuesOf(after)];
  if (was === undefined && is === undefined) return [];
  const listed = (values: readonly unknown[]) => values.map((value) => JSON.stringify(value)).join(', ');
  if (was === undefined) return [difference(place, `it is one of ${listed(is ?? [])} now`, 'narrower')];
  if (is === undefined) return [difference(place, `it is no longer one of ${listed(was)} alone`, 'wider')];
  const gone = was.filter((value) => !is.includes(value));
  const added = is.filter((value) => !was.includes(value));
  // Clients are told to pass over values of such a list that they do not know.
  const open = place.direction === 'response' && before['x-open-enum'] === true;
  const opened = place.direction === 'response' && !open && after['x-open-enum'] === true;
  return [
    // Clients that were told of a closed list meet what is added to it from now on.
    ...(opened ? [difference(place, 'its list of values is open now', 'wider')] : []),
    ...gone.map((value) => difference(place, `value ${listed([value])} is gone`, 'narrower')),
    ...added.map((value) =>
      difference(place, `value ${listed([value])} is new`, open ? 'narrower' : 'wider'),
    ),
  ];
}

function compareMembers(before: Schema, after: Schema, place: Place): readonly Difference[] {
  const [was, is] = [before.properties ?? {}, after.properties ?? {}];
  return [...new Set([...Object.keys(was), ...Object.keys(is)])].flatMap((name) => {
    const member: Place = { ...place, at: `${place.at}/${name}` };
    if (was[name] === undefined) return [newMember(before, isNeeded(after, name), member)];
    if (is[name] === undefined) return [goneMember(after, member)];
    return [
      ...compareNeeds(isNeeded(before, name), isNeeded(after, name), member),
      ...compareSchemas(was[name], is[name], member),
    ];
  });
}

const isNeeded = ({ required = [] }: Schema, name: string): boolean => required.includes(name);

function compareNeeds(was: boolean, is: boolean, member: Place): readonly Difference[] {
  if (was === is) return [];
  return [
    is
      ? difference(member, 'it is required now', 'narrower')
      : difference(member, 'it may be missing now', 'wider'),
  ];
}

/** Whoever reads passes over a member that is new, unless it was promised that there is no other. */
function newMember(before: Schema, needed: boolean, member: Place): Difference {
  if (needed) return difference(member, 'it is new and required', 'narrower');
  const passedOver = member.direction === 'response' && !isClosed(before);
  return difference(member, 'it is new', passedOver ? 'narrower' : 'wider');
}

/** Whoever sends a member that is gone is refused where no others are taken; whoever reads it misses it. */
function goneMember(after: Schema, member: Place): Difference {
  const missed = member.direction === 'response' || isClosed(after);
  return difference(member, 'it is gone', missed ? 'other' : 'wider');
}

/** Members that a schema does not name. */
function compareOthers(before: Schema, after: Schema, place: Place): readonly Difference[] {
  if (isClosed(before) && isClosed(after)) return [];
  if (isClosed(after))
    return [difference(place, 'members that it does not name are refused now', 'narrower')];
  // Whoever reads passes over members that it does not know.
  if (isClosed(before))
    return [
      difference(
        place,
        'it may have other members now',
        place.direction === 'request' ? 'wider' : 'narrower',
      ),
    ];
  return compareInner(before.additionalProperties, after.additionalProperties, place);
}

const compareInner = (before: unknown, after: unknown, place: Place): readonly Difference[] =>
  compareSchemas(before, after, { ...place, at: `${place.at}/*` });

function compareVariants(before: Schema, after: Schema, place: Place): readonly Difference[] {
  const { pairs, gone, added } = pairVariants(variantsOf(before) ?? [before], variantsOf(after) ?? [after]);
  return [
    ...pairs.flatMap(([old, recent]) => compareSchemas(old, recent, place)),
    ...gone.map((label) => difference(place, `the alternative ${label} is gone`, 'narrower')),
    ...added.map((label) => difference(place, `the alternative ${label} is new`, 'wider')),
  ];
}
