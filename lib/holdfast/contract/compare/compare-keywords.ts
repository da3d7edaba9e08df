import { isDeepStrictEqual } from 'node:util';
import type { Direction, Schema } from '../document/schema.ts';

/** What a keyword does when it is added or raised. */
const BOUNDS: Readonly<Record<string, 'least' | 'most'>> = {
  minimum: 'least',
  exclusiveMinimum: 'least',
  minLength: 'least',
  minItems: 'least',
  minProperties: 'least',
  minContains: 'least',
  maximum: 'most',
  exclusiveMaximum: 'most',
  maxLength: 'most',
  maxItems: 'most',
  maxProperties: 'most',
  maxContains: 'most',
};

/** Compared where they have a meaning of their own, or meant for people. */
const ELSEWHERE = [
  'type',
  'enum',
  'const',
  'properties',
  'required',
  'additionalProperties',
  'items',
  'anyOf',
  'oneOf',
  'deprecated',
  'nullable',
  'description',
  'title',
  'example',
  'examples',
  'discriminator',
  '$comment',
];

interface KeywordDifference {
  readonly what: string;
  readonly effect: 'narrower' | 'wider' | 'other';
}

/**
 * Keywords that are no structure. One that constrains, `pattern` say, makes narrower when it is added and wider when it is
 * removed; what another text of it means nobody can tell, so that it counts as both.
 */
export function compareKeywords(
  before: Schema,
  after: Schema,
  direction: Direction,
): readonly KeywordDifference[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names]
    .filter((name) => !ELSEWHERE.includes(name) && !name.startsWith('x-'))
    .filter((name) => !isDeepStrictEqual(before[name], after[name]))
    .flatMap((name) => {
      const [was, is] = [before[name], after[name]];
      if (name === 'readOnly' || name === 'writeOnly') return sideDifference(name, was, is, direction);
      if (name === 'default') return defaultDifference(was, is, direction);
      return [{ what: told(name, was, is), effect: effectOf(name, was, is) }];
    });
}

const told = (name: string, was: unknown, is: unknown) => {
  if (was === undefined) return `${name} is ${JSON.stringify(is)} now`;
  if (is === undefined) return `${name} is no longer ${JSON.stringify(was)}`;
  return `${name} was ${JSON.stringify(was)}, and is ${JSON.stringify(is)}`;
};

function effectOf(name: string, was: unknown, is: unknown): KeywordDifference['effect'] {
  if (was === undefined) return 'narrower';
  if (is === undefined) return 'wider';
  const bound = BOUNDS[name];
  if (bound === undefined) return 'other';
  return Number(is) > Number(was) === (bound === 'least') ? 'narrower' : 'wider';
}

/** Whoever leaves a member out gets its default; one that is new takes the place of nothing. */
function defaultDifference(was: unknown, is: unknown, direction: Direction): readonly KeywordDifference[] {
  if (direction === 'response') return [];
  return [{ what: told('default', was, is), effect: was === undefined ? 'wider' : 'other' }];
}

/** A member of one side alone: whoever sends one that is read only, or reads one that is written only, is left without it. */
function sideDifference(
  name: 'readOnly' | 'writeOnly',
  was: unknown,
  is: unknown,
  direction: Direction,
): readonly KeywordDifference[] {
  const concerns = direction === (name === 'readOnly' ? 'request' : 'response');
  if (!concerns || (was === true) === (is === true)) return [];
  const given = direction === 'request' ? 'wider' : 'narrower';
  return [{ what: told(name, was, is), effect: is === true ? 'other' : given }];
}
