import type { Stand } from '../../../lib/holdfast/testing/explore/stand.ts';
import { Execution } from './drive.ts';
import { operationJudge } from './operation-judge.ts';
import { everything } from './partners.ts';
import { callsBack, cancels, delivered, type Maker, operates, sweeps } from './roles.ts';
import { begin, type Plan } from './scenarios.ts';

/** Turns that it takes to the second partner; whatever acts then is later. */
const TURNS = 10;

/** Where an operation is: a partner is to be called, or screening was, and is to tell its verdict. */
type Stage = 'screen' | 'verdict' | 'transfer';

/** Brings an operation there. */
async function ready(stand: Stand, stage: Stage) {
  const step = stage === 'verdict' ? 'screen' : stage;
  const prelude = await begin(stand, 'approved');
  const { text } = await prelude.act({
    by: 'alice',
    action: 'disburse',
    key: 'd',
    id: prelude.id,
    ifMatch: prelude.etag,
  });
  const { id } = JSON.parse(text);
  const operation = `operations#acme#${id}`;
  const execution = new Execution(stand, operation, prelude.world, 1);
  for (let turn = 0; turn < TURNS; turn++) {
    const message = await execution.next();
    if (message === 'end') break;
    if (message === 'wait') continue;
    const isThere = message.step === step;
    if (!isThere || stage === 'verdict') await execution.deliver(message);
    const payout = `payouts#acme#${prelude.id}`;
    if (isThere) return { world: execution.world, ready: { stand, operation, payout, id, message } };
  }
  throw new Error(`the operation does not come to '${stage}'`);
}

const FUNCTIONS = [
  ...['create', 'submit', 'approve', 'disburse'].map((action) => `payouts-${action}`),
  ...['operate', 'partner-bank', 'partner-screening', 'operations-cancel', 'callback', 'sweep'],
];

function operation(
  name: string,
  about: string,
  faults: number,
  stage: Stage,
  who: Readonly<Record<string, Maker>>,
): Plan {
  return {
    name,
    about,
    faults,
    functions: FUNCTIONS,
    async set(stand) {
      const { world, ready: prepared } = await ready(stand, stage);
      const actors = Object.entries(who).map(([actor, make]) => make(actor, prepared));
      const judge = operationJudge(prepared);
      return { scenario: { name, world, actors, judge, judged: 'ends' }, surroundings: everything };
    },
  };
}

/** What is explored of operations, the smallest first. */
export const OPERATIONS: readonly Plan[] = [
  operation('claim', 'one command, delivered twice', 1, 'transfer', { first: delivered, second: delivered }),
  operation('claim-cancel', 'a command on its way, and a cancel', 2, 'transfer', {
    queue: delivered,
    bob: cancels,
  }),
  operation('claims-cancel', 'one command, delivered twice, and a cancel', 1, 'transfer', {
    first: delivered,
    second: delivered,
    bob: cancels,
  }),
  operation('cancels', 'one cancel, sent twice, while the execution asks what to do', 2, 'transfer', {
    bob: cancels,
    again: cancels,
    execution: operates,
  }),
  operation('screen-cancel', 'a command that can be taken back, and a cancel', 2, 'screen', {
    queue: delivered,
    bob: cancels,
  }),
  operation('callback-cancel', 'a callback, and a cancel', 2, 'verdict', {
    screening: callsBack('clear'),
    bob: cancels,
  }),
  operation('callback', 'a command on its way, and its callback before its answer', 2, 'screen', {
    queue: delivered,
    screening: callsBack('clear'),
  }),
  operation('verdicts', 'two callbacks that contradict each other', 2, 'verdict', {
    clear: callsBack('clear'),
    hit: callsBack('hit'),
  }),
  operation('late', 'a command on its way, and a callback of the one before it', 2, 'transfer', {
    queue: delivered,
    screening: callsBack('clear'),
  }),
  operation('sweep', 'a command on its way, and the sweep that takes it for lost', 2, 'transfer', {
    queue: delivered,
    sweep: sweeps,
  }),
];
