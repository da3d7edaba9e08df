import type { Mutant } from '../../mutants/mutants.ts';

const GUARDS = 'lib/holdfast/capabilities/unique/guards.ts';
const PLAN = 'lib/holdfast/core/writes/extended-plan.ts';
const STORE = 'lib/holdfast/runtime/records/dynamodb-store.ts';
const TEST = 'test/holdfast/capabilities/unique/unique.test';

/** Bugs of values that only one resource may have. */
export const MUTANTS: readonly Mutant[] = [
  {
    name: 'an action takes what is taken, and is only counted',
    edits: [[GUARDS, '...(isSet', '...(read === undefined']],
    caught: { test: TEST, named: 'is taken by an action that changes it' },
    symptom: /› is taken by an action that changes it.*"status": 200/s,
  },
  {
    name: 'a value that is given up stays held',
    edits: [[GUARDS, 'held === undefined\n', 'held === undefined || key !== undefined\n']],
    caught: { test: TEST, named: 'is let go by whoever takes another one' },
    symptom: /› is let go by whoever takes another one/s,
  },
  {
    name: 'what an older release has left behind refuses every action',
    edits: [[PLAN, 'without: (labels) => withAll(plan, view, [...without, ...labels]),', '']],
    caught: { test: TEST, named: 'does not stand in the way of who changes something else' },
    symptom: /› does not stand in the way.*"status": (409|503)/s,
  },
  {
    name: 'a version says that it holds what another one owns',
    edits: [[GUARDS, 'key: without.includes(label) ? undefined : key', 'key']],
    caught: { test: TEST, named: 'is taken up again as soon as the other one has let go' },
    symptom: /› is taken up again/s,
  },
  {
    name: 'two of one decision take one value',
    edits: [[PLAN, 'if (other?.refusal !== undefined) throw other.refusal();', '']],
    caught: { test: TEST, named: 'that gives two of one decision one value' },
    symptom: /› that gives two of one decision one value/s,
  },
  {
    name: 'what is beside a resource is judged before it',
    edits: [
      [
        STORE,
        'const told = failed.get(MAIN);',
        'const told = failed.size > 1 ? undefined : failed.get(MAIN);\n  if (failed.size > 1) return { done: false, refused: [...failed.keys()] };',
      ],
    ],
    caught: { test: 'test/holdfast/wire/store.test', named: 'judges the resource itself before' },
    symptom: /› judges the resource itself before.*- +"standing"/s,
  },
];
