import type { Mutant } from '../../mutants/mutants.ts';

const SHAPES = 'lib/holdfast/capabilities/shapes/shapes.ts';
const KEEPING = 'lib/holdfast/core/writes/keeping.ts';
const EXTENSION = 'lib/holdfast/core/definitions/resource-extension.ts';
const TEST = 'test/holdfast/capabilities/shapes/shapes.test';
const WHATEVER = 'test/holdfast/capabilities/shapes/whatever.test';

/** Bugs of stored shapes. */
export const MUTANTS: readonly Mutant[] = [
  {
    name: 'what is kept in a newer shape is written back in the older one',
    edits: [[SHAPES, 'Math.max(Number(shape), writes)', 'writes']],
    caught: { test: TEST, named: 'is never written back under its old name' },
    symptom: /› is never written back under its old name.*"customerId"/s,
    also: {
      test: WHATEVER,
      named: 'is read again as it was decided or refused',
      symptom: /● whatever is decided.*Counterexample: .*"shape":2/s,
    },
  },
  {
    name: 'a shape that nobody knows is read as the one that is known',
    edits: [[EXTENSION, 'if (shape === FIRST_SHAPE) return kept;', 'if (shape !== undefined) return kept;']],
    caught: { test: TEST, named: 'by a release that does not know the new one' },
    symptom: /› is refused, and left as it is, by a release.*200/s,
    also: {
      test: 'test/holdfast/wire/store.test',
      named: 'keeps members in another shape',
      symptom: /› keeps members in another shape.*temporarily-unavailable/s,
    },
  },
  {
    name: 'the old name stays beside the new one',
    edits: [[KEEPING, '[[name, null]]', '[[name, before[name]]]']],
    caught: { test: TEST, named: 'is rewritten with the first write' },
    symptom: /› is rewritten with the first write.*"customerId"/s,
    also: {
      test: 'test/holdfast/capabilities/shapes/rename.test',
      named: 'a member is renamed by three releases',
      symptom: /● a member is renamed by three releases.*"customerId".*"buyerId"|"buyerId".*"customerId"/s,
    },
  },
  {
    name: 'what an older shape cannot hold is dropped',
    edits: [[SHAPES, 'if (!isDeepStrictEqual(up(ups, kept), members)) throw', 'if (to > reads) throw']],
    caught: { test: TEST, named: 'loses nothing: what the older shape would not hold' },
    symptom: /› loses nothing.*Received: 200/s,
    also: {
      test: WHATEVER,
      named: 'is read again as it was decided or refused',
      symptom: /● whatever is decided.*Counterexample: .*"price":/s,
    },
  },
];
