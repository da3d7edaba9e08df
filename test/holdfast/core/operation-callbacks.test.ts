import { describe, expect, test } from '@jest/globals';
import disbursePayout from '../../../functions/operations/disburse-payout.ts';
import { directive } from '../../../lib/holdfast/core/operations/operation-directive.ts';
import { advance, type OperationEvent } from '../../../lib/holdfast/core/operations/operation-machine.ts';
import {
  accepted,
  type CommandRef,
  isFinal,
  type Progress,
  resolvedAs,
  settledOf,
} from '../../../lib/holdfast/core/operations/operation-progress.ts';
import { isFinalOutcome, type Outcome } from '../../../lib/holdfast/core/partners/outcome.ts';

const WORDS = {
  'in review': { kind: 'pending', pollAfterSeconds: 2 },
  clear: { kind: 'succeeded' },
  hit: { kind: 'rejected', reason: 'the beneficiary is on a sanctions list' },
  'unknown word': { kind: 'unknown' },
} as const satisfies Record<string, Outcome>;

type Word = keyof typeof WORDS;

const words = Object.keys(WORDS) as Word[];

/** Every order of up to so many words. */
const scripts = (length: number): readonly (readonly Word[])[] =>
  length === 0 ? [[]] : [[], ...words.flatMap((word) => scripts(length - 1).map((rest) => [word, ...rest]))];

const start = 1_800_000_000_000;

const [screen] = disbursePayout.steps;
const operation = { ...disbursePayout, steps: screen === undefined ? [] : [screen] };

/** An operation of one step, its partner, and the item where command and callbacks meet (meeting.ts). */
class Case {
  progress: Progress = accepted(operation, start);
  now = start;
  /** What the partner has told of the reference for good; the first of them stands. */
  first: Outcome | undefined;
  /** What the partner says when it is asked. */
  answer: Outcome = WORDS['in review'];

  apply(event: OperationEvent): void {
    this.progress = advance(operation, this.progress, event, this.now);
  }

  get ref(): CommandRef {
    const { step, undo, attempt } = this.progress.command;
    return { step, undo, attempt };
  }

  /** As callback-entry.ts does: keep, then report what is kept; another final one is noted. */
  callBack(word: Word, command: CommandRef = this.ref): void {
    const told = WORDS[word];
    if (isFinalOutcome(told)) this.first ??= told;
    const outcome = this.first ?? told;
    this.apply({ ...command, type: isFinalOutcome(outcome) ? 'report' : 'progress', outcome });
    if (isFinalOutcome(told) && told.kind !== outcome.kind)
      this.apply({ ...command, type: 'contradict', outcome: told });
  }

  /** As consumer-entry.ts and partner-call.ts do: what is kept for good is told, else the partner is asked. */
  ask(): void {
    this.now = Math.max(this.now, this.progress.command.notBefore);
    this.apply({ ...this.ref, type: 'report', outcome: this.first ?? this.answer });
  }

  send(): void {
    this.apply({ type: 'proceed' });
    this.apply({ ...this.ref, type: 'claim' });
  }

  get over(): boolean {
    return isFinal(this.progress.state);
  }
}

/** What there is of a script in a way: the first final word in it, or else what the partner says in the end. */
const decided = (script: readonly Word[]) =>
  script.find((word) => word === 'clear' || word === 'hit') ?? 'clear';

const ENDS: Readonly<Record<string, string>> = { clear: 'succeeded', hit: 'failed' };

/** Runs one script in one way, to the end of its operation. */
// biome-ignore lint/complexity/noExcessiveCognitiveComplexity: one history, told from its beginning to its end
function run(
  script: readonly Word[],
  { early = false, twice = false, queries = false, retry = false },
): Case {
  const made = new Case();
  made.send();
  const command = made.ref;
  if (!early) made.apply({ ...made.ref, type: 'report', outcome: { kind: 'pending' } });
  for (const [i, word] of script.entries()) {
    made.now += 1_000;
    made.callBack(word, command);
    if (twice) made.callBack(word, command);
    if (queries) made.ask();
    if (retry && i === 0 && !made.over && settledOf(made.progress, command) === undefined) {
      made.apply({ type: 'lost' });
      made.progress = resolvedAs(made.progress, 'retry');
      made.send();
    }
  }
  if (early) made.apply({ ...command, type: 'report', outcome: { kind: 'pending' } });
  // From here on nothing comes by itself any more: whoever waits asks.
  made.answer = WORDS.clear;
  for (let round = 0; round < 20 && !made.over; round++) {
    made.apply({ type: 'proceed' });
    const todo = directive(operation, made.progress, made.now);
    if (todo.do === 'wait') made.now += todo.timeoutSeconds * 1000;
    if (todo.do === 'send' && todo.mode === 'send') made.send();
    if (todo.do === 'send' && todo.mode === 'query') made.ask();
  }
  return made;
}

const ways = [false, true].flatMap((early) =>
  [false, true].flatMap((twice) =>
    [false, true].flatMap((queries) => [false, true].map((retry) => ({ early, twice, queries, retry }))),
  ),
);

describe('A2: callbacks in every order up to four', () => {
  test.each(ways)('%j: the first final one decides, and no operation is stuck', (way) => {
    const wrong = scripts(4).flatMap((script) => {
      const { progress } = run(script, way);
      const right = ENDS[decided(script)];
      return progress.state === right ? [] : [`${script.join(', ')}: ${progress.state}, and not ${right}`];
    });

    expect(wrong).toEqual([]);
  });

  test('a later final one that contradicts the first is noted once, and one that agrees is not', () => {
    const told = (...script: Word[]) => run(script, { twice: true }).progress.settled;

    expect(told('clear', 'hit')).toEqual([
      { step: 'screen', undo: false, attempt: 1, outcome: 'succeeded', contradicted: true },
    ]);
    expect(told('clear', 'clear')?.some(({ contradicted }) => contradicted)).toBe(false);
  });

  test('one that is not final may bring forward when the partner is asked, and never puts that off', () => {
    const made = new Case();
    made.send();
    made.apply({ ...made.ref, type: 'report', outcome: { kind: 'pending' } });
    const planned = made.progress.command.notBefore;

    made.callBack('in review');
    const sooner = made.progress;
    for (let i = 0; i < 100; i++) {
      made.now += 1_000;
      made.callBack('in review');
    }

    expect(planned - start).toBe(60_000);
    expect(sooner.command).toMatchObject({ notBefore: start + 2_000, waiting: { reason: 'pending' } });
    expect(made.progress).toBe(sooner);
  });

  test('a cancel asks the partner at once, whatever was called back before', () => {
    const made = new Case();
    made.send();
    made.apply({ ...made.ref, type: 'report', outcome: { kind: 'pending' } });
    made.callBack('in review');
    made.progress = {
      ...made.progress,
      state: 'cancelling',
      ending: 'cancelled',
      command: { ...made.progress.command, notBefore: 0 },
    };

    expect(directive(operation, made.progress, made.now)).toMatchObject({ do: 'send', mode: 'query' });
  });
});
