import type { Mutant } from '../../mutants/mutants.ts';

const KEYS = 'test/holdfast/capabilities/lists/keys.test';
const BACKFILL = 'test/holdfast/lib/backfill/backfill.test';

/** Bugs of lists by members, and of what completes them. */
export const MUTANTS: readonly Mutant[] = [
  {
    name: 'a key that does not apply any more stays',
    edits: [
      [
        'lib/holdfast/capabilities/lists/lists.ts',
        'const place = list && placeIn(list, tenantList, next);',
        'const place = list && placeIn(list, tenantList, next);\n          if (place === undefined) return [];',
      ],
    ],
    caught: { test: KEYS, named: 'removes those that it has no more' },
    symptom: /› that moves a resource.*- +"l3": null/s,
  },
  {
    name: 'a resource is made with null in place of the keys that it has not',
    edits: [
      [
        'lib/holdfast/core/writes/extended-plan.ts',
        'read !== undefined || value !== null',
        'value !== undefined',
      ],
    ],
    caught: { test: KEYS, named: 'that makes a resource puts its keys' },
    symptom: /› that makes a resource puts its keys.*not\.toContain/s,
  },
  {
    name: 'a cursor is good for other bounds',
    edits: [
      [
        'lib/holdfast/capabilities/lists/asked-page.ts',
        'JSON.stringify([inWords(list), key, between])',
        'JSON.stringify([inWords(list), key])',
      ],
    ],
    caught: { test: 'test/holdfast/capabilities/lists/page.test', named: 'of other bounds' },
    symptom: /› of other bounds is refused/,
    also: {
      test: 'test/holdfast/capabilities/lists/whatever.test',
      named: 'a cursor leads on in what it was given for',
      symptom: /● whatever is asked for.*Counterexample: /s,
    },
  },
  {
    name: 'a backfill overwrites what was written since it read',
    edits: [
      [
        'lib/holdfast/backfill/put-right.ts',
        "'#version = :version AND #commit = :commit'",
        "'attribute_exists(pk) OR #version = :version AND #commit = :commit'",
      ],
    ],
    caught: { test: BACKFILL, named: 'reads an item again that was written' },
    symptom: /› reads an item again.*- +"l1": "new"/s,
    also: {
      test: 'test/holdfast/capabilities/lists/righted.test',
      named: 'of a backfill stands',
      symptom: /● whatever is written before call 0.*an audit finds: .* has l1/s,
    },
  },
  {
    name: 'a run that something came in the way of counts',
    edits: [
      [
        'lib/holdfast/backfill/backfill.ts',
        'const complete = counts ? completeOf(resources, taken) : [];',
        'const complete = completeOf(resources, taken);',
      ],
    ],
    caught: { test: BACKFILL, named: 'does not count where something came' },
    symptom: /› does not count.*titled\.title of notes/s,
    also: {
      test: 'test/holdfast/lib/backfill/forgotten.test',
      named: 'completes nothing where a release with other rules came',
      symptom: /› completes nothing where.*titled\.title of notes/s,
    },
  },
  {
    name: 'a stale key of another release is shown',
    edits: [
      [
        'lib/holdfast/runtime/records/listed.ts',
        'place?.list === list && place.order === item[sort]?.S ? [stored] : []',
        'place === undefined ? [] : [stored]',
      ],
    ],
    caught: { test: 'test/holdfast/wire/lists.test', named: 'a list that is added over a thousand' },
    symptom: /● a list that is added over a thousand.*not\.toContain/s,
  },
];
