/** A model, and with what it is checked: a switch makes it the wrong one, which has to die. */
export interface Case {
  readonly model: 'claim' | 'meeting' | 'commit';
  readonly switches: readonly string[];
}

const of = (model: Case['model'], ...all: readonly string[]): readonly Case[] =>
  all.map((switches) => ({ model, switches: switches.split(' ').filter(Boolean) }));

/** Each model as the code is, and as it must not be. `AS_BUILT` of commit is right, and is how receipts are spilled today. */
export const CASES: readonly Case[] = [
  ...of('meeting', '-DF=1', '-DF=1 -DQUERY', '-DF=1 -DRETRY', '-DF=1 -DAS_BUILT', '-DF=1 -DAS_BUILT -DRETRY'),
  ...of('meeting', '-DF=1 -DM_LATE', '-DF=1 -DM_FORGET', '-DF=1 -DM_LAST', '-DF=1 -DRETRY -DM_SAMEREF'),
  ...of('claim', '-DF=1', '-DF=1 -DM_CALLFIRST', '-DF=1 -DM_BLIND', '-DF=1 -DM_RESEND'),
  ...of('claim', '-DF=1 -DM_SPLIT', '-DF=1 -DM_STALE', '-DF=1 -DM_SETTLE'),
  ...of(
    'commit',
    '',
    '-DAS_BUILT',
    '-DM_GUESS',
    '-DM_NOSPILL',
    '-DM_TWO',
    '-DM_LATE',
    '-DM_SHARED',
    '-DM_BLIND',
  ),
];

const CORE = 'lib/holdfast/core';
const RUNTIME = 'lib/holdfast/runtime';

/** What a model calls something, and where the code has it under which name. */
export const NAMES: readonly {
  readonly model: string;
  readonly word: string;
  readonly file: string;
  readonly name: string;
}[] = [
  { model: 'claim', word: 'ver', file: `${RUNTIME}/records/update-expression.ts`, name: 'version' },
  { model: 'claim', word: 'sent', file: `${CORE}/operations/operation-progress.ts`, name: 'status' },
  { model: 'claim', word: 'attempt', file: `${CORE}/operations/operation-progress.ts`, name: 'attempt' },
  {
    model: 'claim',
    word: 'irrevocable',
    file: `${CORE}/operations/operation-progress.ts`,
    name: 'irrevocable',
  },
  {
    model: 'claim',
    word: 'Delivery',
    file: `${RUNTIME}/entries/operations/consumer-entry.ts`,
    name: 'carryOut',
  },
  { model: 'claim', word: 'claim', file: `${CORE}/operations/operation-machine.ts`, name: 'claim' },
  {
    model: 'claim',
    word: 'claim',
    file: `${RUNTIME}/operations/operation-store.ts`,
    name: 'changeOperation',
  },
  { model: 'claim', word: 'call', file: `${RUNTIME}/partners/partner-call.ts`, name: 'send' },
  { model: 'claim', word: 'ask', file: `${RUNTIME}/partners/partner-call.ts`, name: 'ask' },
  { model: 'claim', word: 'SETTLED', file: `${CORE}/partners/define-partner.ts`, name: 'settleSeconds' },
  { model: 'claim', word: 'Cancel', file: `${CORE}/operations/operation-actions.ts`, name: 'cancel' },
  {
    model: 'claim',
    word: 'Execution',
    file: `${RUNTIME}/entries/operations/operate-entry.ts`,
    name: 'proceed',
  },
  { model: 'claim', word: 'End', file: `${RUNTIME}/operations/operation-end.ts`, name: 'ending' },
  { model: 'meeting', word: 'expected', file: `${RUNTIME}/operations/meeting.ts`, name: 'expectCallback' },
  { model: 'meeting', word: 'stored', file: `${RUNTIME}/operations/meeting.ts`, name: 'storeCallback' },
  { model: 'meeting', word: 'stored', file: `${RUNTIME}/operations/meeting.ts`, name: 'storedOutcome' },
  { model: 'meeting', word: 'FINAL', file: `${CORE}/partners/outcome.ts`, name: 'isFinalOutcome' },
  {
    model: 'meeting',
    word: 'Report',
    file: `${RUNTIME}/operations/report-outcome.ts`,
    name: 'reportOutcome',
  },
  { model: 'meeting', word: 'Consumer', file: `${RUNTIME}/partners/partner-call.ts`, name: 'send' },
  {
    model: 'meeting',
    word: 'Callback',
    file: `${RUNTIME}/entries/operations/callback-entry.ts`,
    name: 'handler',
  },
  { model: 'meeting', word: 'again', file: `${CORE}/operations/operation-machine.ts`, name: 'again' },
  { model: 'meeting', word: 'RETRY', file: `${CORE}/operations/operation-course.ts`, name: 'retried' },
  { model: 'meeting', word: 'r', file: `${CORE}/operations/operations.ts`, name: 'referenceOf' },
  { model: 'commit', word: 'ver', file: `${RUNTIME}/records/update-expression.ts`, name: 'commit' },
  { model: 'commit', word: 'held', file: `${CORE}/decisions/receipts.ts`, name: 'addReceipt' },
  { model: 'commit', word: 'batch', file: `${RUNTIME}/records/spilled-receipts.ts`, name: 'spill' },
  { model: 'commit', word: 'Look', file: `${RUNTIME}/records/spilled-receipts.ts`, name: 'lookUpReceipt' },
  { model: 'commit', word: 'Request', file: `${RUNTIME}/actions/write-contract.ts`, name: 'decided' },
  { model: 'commit', word: 'write', file: `${RUNTIME}/records/dynamodb-store.ts`, name: 'commit' },
];
