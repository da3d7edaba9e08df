import { operationJudge } from './operation-judge.ts';
import { everything } from './partners.ts';
import {
  asks,
  callsBack,
  cancels,
  delivered,
  dispatches,
  type Maker,
  operates,
  parks,
  resolves,
  sees,
  sendsAgain,
  sweeps,
} from './roles.ts';
import type { Plan } from './scenarios.ts';
import { bring, type Stage } from './stages.ts';

const FUNCTIONS = [
  ...['create', 'submit', 'approve', 'disburse'].map((action) => `payouts-${action}`),
  ...['operate', 'partner-bank', 'partner-screening', 'callback', 'sweep', 'dispatcher'],
  ...['operations-cancel', 'operations-resolve'],
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
      const { world, ready: prepared } = await bring(stand, stage);
      const actors = Object.entries(who).map(([actor, make]) => make(actor, prepared));
      const judge = operationJudge(prepared);
      return { scenario: { name, world, actors, judge, judged: 'ends' }, surroundings: everything };
    },
  };
}

/** What is explored of operations, with as many faults as end within the minutes that the whole may take. */
export const OPERATIONS: readonly Plan[] = [
  // With two faults 314,000 states, nine minutes of a core and 1.8 GB.
  operation('claim', 'one command, delivered twice', 2, 'transfer', { first: delivered, second: delivered }),
  operation('claim-cancel', 'a command on its way, and a cancel', 2, 'transfer', {
    queue: delivered,
    bob: cancels,
  }),
  // With one fault 124,000 states in 113 s of a core, 19 times as many as with none; a second one would multiply that again.
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
  operation('start-cancel', 'the first step of an execution, and a cancel', 2, 'accepted', {
    execution: operates,
    bob: cancels,
  }),
  operation('wait-cancel', 'an execution that begins to wait, and a cancel', 2, 'verdict', {
    execution: parks,
    bob: cancels,
  }),
  operation('ask-cancel', 'a partner that is asked, and a cancel', 2, 'verdict', {
    query: asks,
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
  operation('asked', 'a command on its way, of which the bank is asked', 2, 'transfer', {
    queue: delivered,
    query: asks,
    next: sendsAgain,
  }),
  // With one fault 95,000 states in two minutes of a core, 19 times as many as with none.
  operation('again', 'one command, delivered twice, while the bank is busy, and the next one', 1, 'busy', {
    first: delivered,
    second: delivered,
    next: sendsAgain,
  }),
  operation('dispatch', 'the dispatcher is told twice, and the sweep takes it for lost', 2, 'accepted', {
    dispatcher: dispatches,
    again: dispatches,
    sweep: sweeps,
  }),
  operation('dispatch-cancel', 'the dispatcher, the sweep, and a cancel', 2, 'accepted', {
    dispatcher: dispatches,
    sweep: sweeps,
    bob: cancels,
  }),
  operation('dispatch-lost', 'the dispatcher, the sweep that finds it lost, and a person', 2, 'ended', {
    dispatcher: dispatches,
    sweep: sweeps,
    carol: sees,
  }),
  operation('resolve', 'two persons who resolve it otherwise, and its old execution', 2, 'lost', {
    carol: resolves('retry', 'carol'),
    dave: resolves('failed', 'dave'),
    execution: operates,
  }),
  operation('resolve-end', 'its end, a person who resolves it, and a cancel', 2, 'paid', {
    queue: delivered,
    carol: resolves('succeeded', 'carol'),
    bob: cancels,
  }),
  operation('resolve-callback', 'a callback, a person who resolves it, and a cancel', 2, 'unheard', {
    screening: callsBack('clear'),
    carol: resolves('failed', 'carol'),
    bob: cancels,
  }),
];
