import type { Mutant } from '../../mutants/mutants.ts';

const KEPT = 'lib/holdfast/capabilities/results/kept-results.ts';
const RECALL = 'lib/holdfast/capabilities/results/recall.ts';
const CARRYING = 'lib/holdfast/capabilities/results/carrying.ts';
const CONSUMER = 'lib/holdfast/runtime/entries/operations/consumer-entry.ts';
const TEST = 'test/holdfast/capabilities/results/results.test';
const PURE = 'test/holdfast/capabilities/results/kept.test';

/** Bugs of operations whose steps have results. */
export const MUTANTS: readonly Mutant[] = [
  {
    name: 'a result is kept whatever its schema says',
    edits: [[KEPT, 'if (!made?.success) return null;', 'if (!made?.success) return told ?? null;']],
    caught: { test: TEST, named: 'sends nothing of a step that needs a result which its schema refuses' },
    symptom: /› sends nothing of a step that needs.*\+ +"state": "succeeded"/s,
  },
  {
    name: 'a step that is done is sent again for its result',
    edits: [
      [RECALL, "attempt, status: 'sent', firstSentAt: now", "attempt, status: 'to-send', firstSentAt: now"],
    ],
    caught: { test: TEST, named: 'asks the partner of the step that is done for its result' },
    symptom: /› asks the partner of the step that is done.*\+ +"POST print"/s,
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
  },
  {
    name: 'a cancel waits for a result that nothing needs any more',
    edits: [
      [RECALL, "progress.state === 'cancelling' && isNeedless(progress)", "progress.state === 'accepted'"],
    ],
    caught: { test: TEST, named: 'takes back what was done where it is cancelled while it asks' },
    symptom: /› takes back what was done where it is cancelled.*- +"void"/s,
  },
  {
    name: 'a person who has taken back one step ends what another one has done',
    edits: [[RECALL, "command.status === 'sent' || command.inDoubt", 'command.inDoubt']],
    caught: { test: PURE, named: 'has to be found out by a person, where it was sent' },
    symptom: /› has to be found out by a person.*"state": "failed"/s,
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
  },
  {
    name: 'a person need not tell what later steps need',
    edits: [[CARRYING, 'if (result === undefined && isOptional(schema))', 'if (result === undefined)']],
    caught: { test: TEST, named: 'is not resolved by' },
    symptom: /› is not resolved by.*"outcome":"succeeded"\}.*\+ +202/s,
  },
];
