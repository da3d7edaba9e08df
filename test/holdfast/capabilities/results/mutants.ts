import type { Mutant } from '../../mutants/mutants.ts';

const KEPT = 'lib/holdfast/capabilities/results/kept-results.ts';
const RECALL = 'lib/holdfast/capabilities/results/recall.ts';
const CARRYING = 'lib/holdfast/capabilities/results/carrying.ts';
const CONSUMER = 'lib/holdfast/runtime/entries/operations/consumer-entry.ts';
const TEST = 'test/holdfast/capabilities/results/results.test';
const PURE = 'test/holdfast/capabilities/results/kept.test';
const WHATEVER = 'test/holdfast/capabilities/results/whatever.test';

/** Bugs of operations whose steps have results. */
export const MUTANTS: readonly Mutant[] = [
  {
    name: 'a result is kept whatever its schema says',
    edits: [[KEPT, 'if (!made?.success) return null;', 'if (!made?.success) return told ?? null;']],
    caught: { test: TEST, named: 'sends nothing of a step that needs a result which its schema refuses' },
    symptom: /› sends nothing of a step that needs.*\+ +"state": "succeeded"/s,
    also: {
      test: WHATEVER,
      named: 'a step that is claimed has all',
      symptom: /› a step that is claimed has all.*Counterexample: /s,
    },
  },
  {
    name: 'a step that is done is sent again for its result',
    edits: [
      [RECALL, "attempt, status: 'sent', firstSentAt: now", "attempt, status: 'to-send', firstSentAt: now"],
    ],
    caught: { test: TEST, named: 'asks the partner of the step that is done for its result' },
    symptom: /› asks the partner of the step that is done.*\+ +"POST print"/s,
    also: {
      test: WHATEVER,
      named: 'is never claimed again',
      symptom: /› a step that is done is never claimed.*Counterexample: /s,
    },
  },
  {
    name: 'what needed a result begins anew once it has come',
    edits: [
      [
        RECALL,
        'if (!end) return { ...rest, command,',
        'if (!end) return { ...rest, command: newCommand(command.step, command.undo),',
      ],
    ],
    caught: { test: PURE, named: 'goes on just as it stood once the result has come' },
    symptom: /› goes on just as it stood.*\+ +"attempt": 1/s,
    also: {
      test: WHATEVER,
      named: 'no attempt of a command is sent twice',
      symptom: /› no attempt of a command is sent twice.*Counterexample: /s,
    },
  },
  {
    name: 'a cancel waits for a result that nothing needs any more',
    edits: [
      [RECALL, "standing.state === 'cancelling' && isNeedless(standing)", "standing.state === 'accepted'"],
    ],
    caught: { test: TEST, named: 'takes back what was done where it is cancelled while it asks' },
    symptom: /› takes back what was done where it is cancelled.*- +"void"/s,
    also: {
      test: WHATEVER,
      named: 'one that is cancelled asks for no result',
      symptom: /› one that is cancelled asks for no result.*Counterexample: .*"cancel"/s,
    },
  },
  {
    name: 'a person who has taken back one step ends what another one has done',
    edits: [[RECALL, "command.status === 'sent' || command.inDoubt", 'command.inDoubt']],
    caught: { test: PURE, named: 'has to be found out by a person, where it was sent' },
    symptom: /› has to be found out by a person.*"state": "failed"/s,
    also: {
      test: WHATEVER,
      named: 'a step that was sent is not passed over',
      symptom: /› a step that was sent is not passed over.*Counterexample: .*"failed"/s,
    },
  },
  {
    name: 'a step is claimed before it is known whether it can be told',
    edits: [[CONSUMER, 'if (lack !== undefined) {', 'if (lack === command.step) {']],
    caught: { test: TEST, named: 'asks the partner of the step that is done for its result' },
    symptom: /› asks the partner of the step that is done.*left its message in the queue/s,
  },
  {
    name: 'an end leaves out what the resource does not take',
    edits: [[CARRYING, 'if (progress.leave) return {};', 'if (!(error instanceof Lacking)) return {};']],
    caught: { test: TEST, named: 'keeps the outcome, moves nothing and asks for a person' },
    symptom: /› keeps the outcome, moves nothing.*\+ +"state": "succeeded"/s,
    also: {
      test: WHATEVER,
      named: 'an end sets just what the results say',
      symptom: /● an end sets just what the results say.*Counterexample: /s,
    },
  },
  {
    name: 'a person need not tell what later steps need',
    edits: [[CARRYING, 'if (result === undefined && isOptional(schema))', 'if (result === undefined)']],
    caught: { test: TEST, named: 'is not resolved by' },
    symptom: /› is not resolved by.*"outcome":"succeeded"\}.*\+ +202/s,
    also: {
      test: WHATEVER,
      named: 'has the result that it has to have',
      symptom: /› a step that a person says was done.*Counterexample: .*"tells":false/s,
    },
  },
];
