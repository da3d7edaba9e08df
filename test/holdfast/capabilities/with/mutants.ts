import type { Mutant } from '../../mutants/mutants.ts';

const CONTRACT = 'lib/holdfast/runtime/actions/write-contract.ts';
const EXTEND = 'lib/holdfast/capabilities/with/extend.ts';
const TEST = 'test/holdfast/capabilities/with/with.test';

/** Bugs of decisions on several resources. */
export const MUTANTS: readonly Mutant[] = [
  {
    name: 'what a decision only reads is not held to what it read',
    edits: [
      [
        EXTEND,
        'return { label, check: { pk, read } };',
        'return { label, check: { pk: pk.slice(1), read: undefined } };',
      ],
    ],
    caught: { test: TEST, named: 'on what it only reads is made anew' },
    symptom: /› on what it only reads is made anew.*Received: 200/s,
  },
  {
    name: 'a refusal is told of what never stood together',
    edits: [[CONTRACT, 'if (all.size === 1) return true;', 'if (all.size > 0) return true;']],
    caught: { test: TEST, named: 'is refused for nothing that never stood' },
    symptom: /› over two products.*Received: 409/s,
  },
  {
    name: 'a side that moves counts as a conflict over the resource',
    edits: [[CONTRACT, 'on.isSeen && !isSame(on.before, read)', 'on.isSeen']],
    caught: { test: TEST, named: 'is made anew where a side moves' },
    symptom: /› is made anew where a side moves.*Received: 412/s,
  },
  {
    name: 'after a side has moved, no receipt is looked for',
    edits: [
      [
        CONTRACT,
        'return { read, receipt };',
        "return { read, receipt: 'standing' in written ? undefined : receipt };",
      ],
    ],
    caught: { test: TEST, named: 'of twins under one key is one' },
    symptom: /› of twins under one key is one.*"status": 4/s,
  },
  {
    name: 'a decision is made anew for as long as its side moves',
    edits: [[CONTRACT, 'if (isLast || ', 'if (']],
    caught: { test: TEST, named: 'is answered 503 where a side moves each time' },
    symptom: /› is answered 503.*"status": 200/s,
    also: {
      test: 'test/holdfast/capabilities/with/several.test',
      named: '64 orders at once of a product',
      symptom: /● 64 orders at once.*- +503/s,
    },
  },
  {
    name: "another tenant's resource is a side",
    edits: [
      [EXTEND, '? partitionKey(resource, tenant, id) :', "? partitionKey(resource, tenant && 'other', id) :"],
    ],
    caught: { test: TEST, named: "never sees another tenant's" },
    symptom: /› never sees another tenant's.*"name": "customer"/s,
  },
  {
    name: 'a side may be in any state',
    edits: [[EXTEND, 'side.from.includes(state)', 'side.from.length > 0']],
    caught: { test: TEST, named: 'is refused as related-state' },
    symptom: /› on a side that is in no state.*"status": 200/s,
  },
];
