/** Which scenario finds a mutant of `test/holdfast/mutants` out, and by what. */
export interface Found {
  readonly mutant: string;
  readonly scenario: string;
  readonly symptom: RegExp;
}

/** Every mutant of the write and of operations, by their names. */
export const FOUND: readonly Found[] = [
  {
    mutant: 'the commit has lost its condition',
    scenario: 'rivals',
    symptom: /an effect is what its request asks/,
  },
  {
    mutant: 'the receipt is written after its effect',
    scenario: 'twins',
    symptom: /told of its own success|a key has one answer|no order of these requests/,
  },
  {
    mutant: 'a failed condition is guessed to be a conflict',
    scenario: 'twins',
    symptom: /a retry is told of its own success/,
  },
  {
    mutant: 'a replay is refused for its own effect',
    scenario: 'twins',
    symptom: /a retry is told of its own success/,
  },
  {
    mutant: 'the fingerprint leaves the input out',
    scenario: 'reused',
    symptom: /a key answers the request that it came with alone/,
  },
  {
    mutant: 'a create takes a new id each time',
    scenario: 'creates',
    symptom: /a key has one answer|a refused request has no effect|no order of these requests/,
  },
  {
    mutant: 'receipts that leave the item are dropped',
    scenario: 'left',
    symptom: /a retry is told of its own success/,
  },
  {
    mutant: 'receipts that leave together are put where others were',
    scenario: 'left-before',
    symptom: /a retry is told of its own success/,
  },
  {
    mutant: 'receipts leave once the write has dropped them',
    scenario: 'left',
    symptom: /a retry is told of its own success/,
  },
  {
    mutant: 'the consumer sends whatever comes from its queue',
    scenario: 'claim',
    symptom: /was asked for twice/,
  },
  {
    mutant: 'the end of an operation is two writes',
    scenario: 'claim-cancel',
    symptom: /the operation and its payout have come to two ends|it is not ended/,
  },
  {
    mutant: 'a claim does not see that its operation is being cancelled',
    scenario: 'claim-cancel',
    symptom: /a cancel was answered 202|money has left and the operation did not succeed/,
  },
  {
    mutant: 'the inbox keeps the last of callbacks that contradict each other',
    scenario: 'verdicts',
    symptom: /the verdict that is kept is/,
  },
  {
    mutant: 'an outcome is taken for whichever command is current',
    scenario: 'again',
    symptom: /was asked for twice/,
  },
  {
    mutant: 'what the bank does not know yet counts as not paid',
    scenario: 'asked',
    symptom: /was asked for twice/,
  },
  {
    mutant: 'the dispatcher names each execution anew',
    scenario: 'dispatch',
    symptom: /it was started as \S+ and \S+/,
  },
  {
    mutant: 'the sweep takes what was never started for lost',
    scenario: 'dispatch',
    symptom: /it is not ended: the operation has needs-attention/,
  },
  {
    mutant: 'the breaker counts in each process by itself',
    scenario: 'claim-cancel',
    symptom: /was told the same as before, and did something else/,
  },
];
