export const MODELS = ['meeting', 'claim', 'commit', 'planner'] as const;

/** A model, and with what it is checked. */
export interface Case {
  readonly model: (typeof MODELS)[number];
  readonly switches: readonly string[];
}

const of = (model: Case['model'], ...all: readonly string[]): readonly Case[] =>
  all.map((switches) => ({ model, switches: switches.split(' ').filter(Boolean) }));

/** Whether a switch makes it a wrong one, which has to die: a mutant, or what the code once was. */
export const isWrong = ({ switches }: Case): boolean =>
  switches.some((each) => each.startsWith('-DM_') || each === '-DAS_BUILT');

/** Each model as the code is, and as it must not be. */
export const CASES: readonly Case[] = [
  ...of('meeting', '', '-DQUERY', '-DRETRY', '-DAS_BUILT', '-DAS_BUILT -DRETRY'),
  ...of('meeting', '-DM_LATE', '-DM_FORGET', '-DM_LAST', '-DRETRY -DM_SAMEREF', '-DRETRY -DM_SETTLED'),
  ...of('claim', '', '-DM_CALLFIRST', '-DM_BLIND', '-DM_RESEND', '-DM_SPLIT', '-DM_STALE', '-DM_SETTLE'),
  ...of('claim', '-DM_ASKED'),
  ...of('commit', '', '-DM_GUESS', '-DM_NOSPILL', '-DM_TWO', '-DM_LATE', '-DM_BLIND'),
  ...of('commit', '-DM_SHARED', '-DROWS', '-DROWS -DM_NOSPILL', '-DROWS -DM_LATE'),
  ...of('planner', '', '-DM_SIDEFIRST', '-DM_NOCHECK', '-DM_TORN', '-DM_TWOWRITES', '-DM_GUESS'),
];

const CORE = 'lib/holdfast/core';
const RUNTIME = 'lib/holdfast/runtime';
const CAPABILITIES = 'lib/holdfast/capabilities';

/** What a model calls something, and what the code declares under which name: a function, a method or a member. */
export interface Name {
  readonly model: Case['model'];
  readonly word: string;
  readonly file: string;
  readonly name: string;
}

const names = (model: Name['model'], rows: readonly (readonly [string, string, string])[]): readonly Name[] =>
  rows.map(([word, file, name]) => ({ model, word, file, name }));

export const NAMES: readonly Name[] = [
  ...names('claim', [
    ['ver', `${RUNTIME}/records/update-expression.ts`, 'conditionalUpdate'],
    ['state', `${CORE}/operations/operation-progress.ts`, 'state'],
    ['sent', `${CORE}/operations/operation-progress.ts`, 'status'],
    ['attempt', `${CORE}/operations/operation-progress.ts`, 'attempt'],
    ['irrevocable', `${CORE}/operations/operation-progress.ts`, 'irrevocable'],
    ['Delivery', `${RUNTIME}/entries/operations/consumer-entry.ts`, 'carryOut'],
    ['claim', `${CORE}/operations/operation-machine.ts`, 'claim'],
    ['claim', `${RUNTIME}/operations/operation-store.ts`, 'changeOperation'],
    ['call', `${RUNTIME}/partners/partner-call.ts`, 'send'],
    ['ask', `${RUNTIME}/partners/partner-call.ts`, 'ask'],
    ['SETTLED', `${CORE}/partners/define-partner.ts`, 'settleSeconds'],
    ['SETTLED', `${CORE}/operations/operation-machine.ts`, 'notFound'],
    ['report', `${CORE}/operations/operation-event.ts`, 'isHeard'],
    ['Cancel', `${CORE}/operations/operation-actions.ts`, 'cancel'],
    ['Cancel', `${CORE}/operations/operation-progress.ts`, 'isCancelable'],
    ['Execution', `${RUNTIME}/entries/operations/operate-entry.ts`, 'proceed'],
    ['Execution', `${CORE}/operations/operation-machine.ts`, 'timeout'],
    ['End', `${RUNTIME}/operations/operation-end.ts`, 'ending'],
  ]),
  ...names('meeting', [
    ['expects', `${RUNTIME}/operations/meeting.ts`, 'expectCallback'],
    ['stored', `${RUNTIME}/operations/meeting.ts`, 'storeCallback'],
    ['stored', `${RUNTIME}/operations/meeting.ts`, 'storedOutcome'],
    ['FINAL', `${CORE}/partners/outcome.ts`, 'isFinalOutcome'],
    ['Report', `${RUNTIME}/operations/report-outcome.ts`, 'reportOutcome'],
    ['Report', `${CORE}/operations/operation-event.ts`, 'isHeard'],
    ['Report', `${CORE}/operations/operation-event.ts`, 'isOfEarlier'],
    ['settled', `${CORE}/operations/operation-progress.ts`, 'settledOf'],
    ['Consumer', `${RUNTIME}/entries/operations/consumer-entry.ts`, 'carryOut'],
    ['Consumer', `${RUNTIME}/partners/partner-call.ts`, 'send'],
    ['Ask', `${RUNTIME}/partners/partner-call.ts`, 'ask'],
    ['Callback', `${RUNTIME}/entries/operations/callback-entry.ts`, 'handler'],
    ['again', `${CORE}/operations/operation-machine.ts`, 'again'],
    ['RETRY', `${CORE}/operations/operation-course.ts`, 'retried'],
    ['r', `${CORE}/operations/operations.ts`, 'referenceOf'],
  ]),
  ...names('commit', [
    ['ver', `${RUNTIME}/records/update-expression.ts`, 'conditionalUpdate'],
    ['held', `${CORE}/decisions/receipts.ts`, 'addReceipt'],
    ['at', `${CORE}/store/store.ts`, 'batches'],
    ['spills', `${CORE}/store/store.ts`, 'spilledUntil'],
    ['batch', `${RUNTIME}/records/spilled-receipts.ts`, 'leaving'],
    ['Look', `${RUNTIME}/records/spilled-receipts.ts`, 'lookUpReceipt'],
    ['Request', `${RUNTIME}/actions/write-contract.ts`, 'decided'],
    ['write', `${RUNTIME}/records/dynamodb-store.ts`, 'commit'],
  ]),
  ...names('planner', [
    ['vw', `${CAPABILITIES}/with/sides.ts`, 'sidesOf'],
    ['Written', `${CAPABILITIES}/with/extend.ts`, 'extend'],
    ['Request', `${RUNTIME}/actions/write-contract.ts`, 'decided'],
    ['rejected', `${RUNTIME}/actions/write-contract.ts`, 'isOfOneMoment'],
    ['rejected', `${RUNTIME}/records/records.ts`, 'loadTogether'],
    ['write', `${RUNTIME}/records/dynamodb-store.ts`, 'commit'],
    ['SIDES', `${RUNTIME}/records/update-expression.ts`, 'unchanged'],
    ['main', `${RUNTIME}/records/dynamodb-store.ts`, 'refusalOfAll'],
    ['moved', `${RUNTIME}/actions/write-contract.ts`, 'standing'],
    ['ROUNDS', `${RUNTIME}/actions/write-contract.ts`, 'betweenRounds'],
  ]),
];
